import type { Aggregate } from '../../plan/stage.ts';
import { coerce, toDynamic } from '../coerce.ts';
import type { Arg, SqlContext } from '../function-table.ts';
import { wrapLong } from './arithmetic.ts';
import { sumoAggregates } from './sumo-aggregates.ts';
import { distinctElements, flatElements, mergeBags, schemaOfList, weightedRank } from './aggregate-rows.ts';

/** An aggregate as SQL. `where` holds the conditions of the rows it looks at. */
type RenderAggregate = (
  args: readonly Arg[],
  aggregate: Aggregate,
  context: SqlContext,
  where: readonly string[],
) => string;

const filtered = (call: string, where: readonly string[]): string =>
  where.length === 0 ? call : `${call} FILTER (WHERE ${where.join(' AND ')})`;

/** The `…if` form of an aggregate: the argument at `position` is the condition of its rows. */
const conditional =
  (render: RenderAggregate, position: number): RenderAggregate =>
  (args, aggregate, context, where) => {
    const condition = args[position];
    const conditions = condition === undefined ? where : [...where, coerce(condition, 'bool', context).sql];
    return render(args.toSpliced(position, 1), aggregate, context, conditions);
  };

const isInteger = (type: string | undefined): boolean => type === 'long' || type === 'int';
const isTicks = (type: string): boolean => type === 'datetime' || type === 'timespan';

/** Dynamic values and truth values count as numbers. */
const numeric = (arg: Arg | undefined, context: SqlContext): Arg => {
  if (arg === undefined) throw new Error('an aggregate was planned without its argument');
  return arg.type === 'dynamic' || arg.type === 'bool' ? coerce(arg, 'real', context) : arg;
};

/** An empty sum is 0. */
const sum: RenderAggregate = ([arg], { column }, context, where) => {
  const total = `coalesce(${filtered(`sum(${numeric(arg, context).sql})`, where)}, 0)`;
  if (isInteger(column.type)) return wrapLong(total);
  return isTicks(column.type)
    ? `${total}::BIGINT`
    : `${total}::${column.type === 'decimal' ? 'DECIMAL(38,12)' : 'DOUBLE'}`;
};

/** An empty average is NaN; one of integers divides the sum, which may have wrapped around. */
const avg: RenderAggregate = ([arg], { column }, context, where) => {
  const value = numeric(arg, context);
  const total = filtered(`sum(${value.sql})`, where);
  const count = filtered(`count(${value.sql})`, where);
  if (isTicks(column.type)) return `(${total} // ${count})::BIGINT`;
  if (column.type === 'decimal') return `${filtered(`avg(${value.sql})`, where)}::DECIMAL(38,12)`;
  return `coalesce(${isInteger(value.type) ? wrapLong(total) : total}::DOUBLE / ${count}, DOUBLE 'NaN')`;
};

const extreme =
  (fn: 'min' | 'max'): RenderAggregate =>
  ([arg], { column }, _context, where) => {
    const value = filtered(`${fn}(${arg?.sql})`, where);
    if (column.type === 'string') return `coalesce(${value}, '')`;
    // NaN is above everything for DuckDB, and spoils a minimum for the service.
    return fn === 'min' && column.type === 'real'
      ? `CASE WHEN ${filtered(`bool_or(isnan(${arg?.sql}))`, where)} THEN DOUBLE 'NaN' ELSE ${value} END`
      : value;
  };

/** One value has no spread: 0. */
const spread =
  (fn: string): RenderAggregate =>
  ([arg], _aggregate, context, where) => {
    const value = `${numeric(arg, context).sql}::DOUBLE`;
    const finite = filtered(`${fn}(${value})`, [...where, `isfinite(${value})`]);
    return `CASE WHEN ${filtered(`bool_or(NOT isfinite(${value}))`, where)} THEN DOUBLE 'NaN' ELSE coalesce(${finite}, 0) END`;
  };

/** The common spread of two columns. */
const covariance =
  (fn: string): RenderAggregate =>
  ([left, right], _aggregate, context, where) =>
    `coalesce(${filtered(`${fn}(${numeric(left, context).sql}::DOUBLE, ${numeric(right, context).sql}::DOUBLE)`, where)}, 0)`;

const share = (rank: Arg | undefined): string => `(${rank?.sql})::DOUBLE / 100`;

/** The smallest value that so many percent do not exceed. */
const percentile: RenderAggregate = ([value, rank], { column }, context, where) => {
  const { sql } = numeric(value, context);
  const found = filtered(`quantile_disc(${sql}, ${share(rank)})`, where);
  return column.type === 'real' ? `${found}::DOUBLE` : found;
};

const percentilesArray: RenderAggregate = ([value, ...ranks], aggregate, context, where) => {
  const found = ranks.map((rank) => percentile([value as Arg, rank], aggregate, context, where));
  const items = found.map((sql) =>
    toDynamic({ sql, type: value?.type ?? 'real', nullable: true, literal: null }, context),
  );
  return `('[' || concat_ws(',', ${items.join(', ')}) || ']')`;
};

const weightedPairs = (
  value: Arg | undefined,
  weight: Arg | undefined,
  context: SqlContext,
  where: readonly string[],
): string =>
  jsonList(`('[' || ${element(value, context).sql} || ',' || ${element(weight, context).sql} || ']')`, undefined, [
    ...where,
    `${value?.sql} IS NOT NULL`,
    `${weight?.sql} IS NOT NULL`,
  ]);

const weightedPercentile: RenderAggregate = ([value, weight, rank], { column }, context, where) => {
  const found = context.rowFunction(weightedRank, [
    weightedPairs(value, weight, context, where),
    `(${rank?.sql})::DOUBLE`,
  ]);
  return coerce({ sql: found, type: 'dynamic', nullable: true, literal: null }, column.type, context).sql;
};

const weightedPercentilesArray: RenderAggregate = ([value, weight, ...ranks], _aggregate, context, where) => {
  const pairs = weightedPairs(value, weight, context, where);
  const items = ranks.map((rank) => context.rowFunction(weightedRank, [pairs, `(${rank.sql})::DOUBLE`]));
  return `('[' || concat_ws(',', ${items.join(', ')}) || ']')`;
};

/** JSON texts, as one JSON array of at most so many. */
const jsonList = (element: string, limit: Arg | undefined, where: readonly string[]): string => {
  const list = filtered(`list(${element})`, where);
  const taken = limit === undefined ? list : `list_slice(${list}, 1, ${limit.sql})`;
  return `('[' || coalesce(array_to_string(${taken}, ','), '') || ']')`;
};

const element = (
  arg: Arg | undefined,
  context: SqlContext,
): { readonly sql: string; readonly known: readonly string[] } => {
  const sql = arg === undefined ? 'NULL' : toDynamic(arg, context);
  return { sql, known: arg?.nullable === false ? [] : [`${arg?.sql} IS NOT NULL`] };
};

/** Nulls are left out, but for those among dynamic values. */
const makeList: RenderAggregate = (args, aggregate, context, where) => {
  const [value, limit] = args;
  if (value?.type === 'dynamic') return makeListWithNulls(args, aggregate, context, where);
  const { sql, known } = element(value, context);
  return jsonList(sql, limit, [...where, ...known]);
};

/** Values as they are, arrays too; what planning itself gathers. */
const collect: RenderAggregate = ([value], _aggregate, context, where) =>
  jsonList(element(value, context).sql, undefined, where);

/** Of arrays, their elements are listed. */
const flattened = (list: string, limit: Arg | undefined, context: SqlContext): string =>
  context.rowFunction(flatElements, [
    list,
    limit === undefined ? `BIGINT '${mostElements}'` : coerce(limit, 'long', context).sql,
  ]);

const makeListWithNulls: RenderAggregate = ([value, limit], _aggregate, context, where) => {
  const list = `coalesce(${element(value, context).sql}, 'null')`;
  return value?.type === 'dynamic'
    ? flattened(jsonList(list, undefined, where), limit, context)
    : jsonList(list, limit, where);
};

/** As many as the service keeps without being told. */
export const mostElements = '1048576';

const makeSet: RenderAggregate = ([value, limit], _aggregate, context, where) => {
  const { sql, known } = element(value, context);
  const most = limit === undefined ? `BIGINT '${mostElements}'` : coerce(limit, 'long', context).sql;
  const list =
    value?.type === 'dynamic' ? flattened(jsonList(sql, undefined, [...where, ...known]), undefined, context) : null;
  return context.rowFunction(distinctElements, [list ?? jsonList(sql, undefined, [...where, ...known]), most]);
};

/** The values of a digest, each with its weight: the exact thing, where the service keeps an estimate. */
const digest: RenderAggregate = ([value, weight], _aggregate, context, where) => {
  const one: Arg = { sql: `BIGINT '1'`, type: 'long', nullable: false, literal: null };
  return weightedPairs(value, weight ?? one, context, where);
};

const mergedDigests: RenderAggregate = ([value], _aggregate, context, where) =>
  flattened(jsonList(`${value?.sql}`, undefined, [...where, `${value?.sql} IS NOT NULL`]), undefined, context);

/** Later bags do not replace what earlier ones hold. */
const makeBag: RenderAggregate = ([value, limit], _aggregate, context, where) => {
  const { sql, known } = element(value, context);
  const most = limit === undefined ? `BIGINT '${mostElements}'` : coerce(limit, 'long', context).sql;
  return context.rowFunction(mergeBags, [jsonList(sql, undefined, [...where, ...known]), most]);
};

/** Any value that is one. */
const anyValue: RenderAggregate = ([value], { column }, _context, where) => {
  const found = filtered(`any_value(${value?.sql})`, where);
  return column.type === 'string' ? `coalesce(${found}, '')` : found;
};

const count: RenderAggregate = (_args, _aggregate, _context, where) => filtered('count(*)', where);

const distinctCount: RenderAggregate = ([arg], _aggregate, _context, where) =>
  filtered(`count(DISTINCT ${arg?.sql})`, where);

const aggregates: Readonly<Record<string, RenderAggregate>> = {
  count,
  countif: conditional(count, 0),
  dcount: distinctCount,
  dcountif: conditional(distinctCount, 1),
  sum,
  sumif: conditional(sum, 1),
  avg,
  avgif: conditional(avg, 1),
  min: extreme('min'),
  minif: conditional(extreme('min'), 1),
  max: extreme('max'),
  maxif: conditional(extreme('max'), 1),
  stdev: spread('stddev_samp'),
  stdevif: conditional(spread('stddev_samp'), 1),
  stdevp: spread('stddev_pop'),
  stdevpif: conditional(spread('stddev_pop'), 1),
  variance: spread('var_samp'),
  varianceif: conditional(spread('var_samp'), 1),
  variancep: spread('var_pop'),
  variancepif: conditional(spread('var_pop'), 1),
  covariance: covariance('covar_samp'),
  covarianceif: conditional(covariance('covar_samp'), 2),
  covariancep: covariance('covar_pop'),
  covariancepif: conditional(covariance('covar_pop'), 2),
  percentile,
  percentiles_array: percentilesArray,
  percentilew: weightedPercentile,
  percentilesw_array: weightedPercentilesArray,
  binary_all_and: ([arg], _aggregate, _context, where) => filtered(`bit_and(${arg?.sql})`, where),
  binary_all_or: ([arg], _aggregate, _context, where) => filtered(`bit_or(${arg?.sql})`, where),
  binary_all_xor: ([arg], _aggregate, _context, where) => filtered(`bit_xor(${arg?.sql})`, where),
  take_anyif: conditional(anyValue, 1),
  collect,
  make_list: makeList,
  make_list_if: conditional(makeList, 1),
  make_list_with_nulls: makeListWithNulls,
  make_set: makeSet,
  make_set_if: conditional(makeSet, 1),
  make_bag: makeBag,
  make_bag_if: conditional(makeBag, 1),
  buildschema: ([value], _aggregate, context, where) =>
    context.rowFunction(schemaOfList, [jsonList(element(value, context).sql, undefined, where)]),
  hll: ([value], aggregate, context, where) => makeSet([value as Arg], aggregate, context, where),
  hll_if: ([value, condition], aggregate, context, where) =>
    conditional(makeSet, 1)([value, condition] as Arg[], aggregate, context, where),
  hll_merge: makeSet,
  tdigest: digest,
  tdigest_merge: mergedDigests,
  ...sumoAggregates,
};

export const aggregateOf = (name: string): RenderAggregate | undefined =>
  Object.hasOwn(aggregates, name) ? aggregates[name] : undefined;
