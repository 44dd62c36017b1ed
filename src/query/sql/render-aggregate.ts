import type { Aggregate, AggregateStage } from '../plan/stage.ts';
import type { SqlContext } from './function-table.ts';
import { aggregateOf } from './functions/aggregates.ts';
import { renderExpr, toArg } from './render-expr.ts';
import { isSimpleSet, renderSet } from './render-set.ts';

/** Columns of the one row that an aggregate picks, in a struct: NULLs in it must not make the engine skip the row. */
const renderCarrying = (aggregate: Aggregate, context: SqlContext, needed: ReadonlySet<string>): string => {
  const fields = [{ column: aggregate.column, expr: aggregate.args[0] }, ...aggregate.carried].flatMap(
    ({ column, expr }) =>
      expr === undefined || !(needed.has(column.id) || column === aggregate.column)
        ? []
        : [`${column.id} := ${renderExpr(expr, context)}`],
  );
  const row = `struct_pack(${fields.join(', ')})`;
  const [by] = aggregate.args;
  if (aggregate.fn === 'take_any') return `first(${row})`;
  // Where nothing can be compared, any row stands.
  return `coalesce(${aggregate.fn}(${row}, ${by === undefined ? 'NULL' : renderExpr(by, context)}), first(${row}))`;
};

const carriesRow = (aggregate: Aggregate): boolean => ['arg_max', 'arg_min', 'take_any'].includes(aggregate.fn);

/**
 * One row of each group and nothing else: ranking the rows is several times as fast as carrying them through an aggregate, and nulls
 * come last by themselves.
 */
const renderBestRow = (
  stage: AggregateStage,
  only: Aggregate,
  outer: SqlContext,
  needed: ReadonlySet<string>,
): string => {
  const [by] = only.args;
  // Converted from what is stored, so that only the rows that are picked are.
  const context = { ...outer, column: (id: string) => outer.raw?.get(id)?.held ?? outer.column(id) };
  const stored = by?.kind === 'column' ? outer.raw?.get(by.id) : undefined;
  const picked = [{ column: only.column, expr: by }, ...only.carried].flatMap(({ column, expr }) =>
    expr === undefined || !needed.has(column.id) ? [] : [`${renderExpr(expr, context)} AS ${column.id}`],
  );
  const groups = stage.keys.map(({ expr }) => renderExpr(expr, context));
  const keys = stage.keys.map(({ column }, index) => `${groups[index]} AS ${column.id}`);
  const columns = [...keys, ...picked].join(', ') || '1 AS nothing';
  const order =
    only.fn === 'take_any' || by === undefined
      ? ''
      : ` ORDER BY ${stored?.kind === 'moment' ? stored.sql : renderExpr(by, context)} ${only.fn === 'arg_max' ? 'DESC' : 'ASC'} NULLS LAST`;
  return `SELECT ${columns} FROM ${stage.input} QUALIFY row_number() OVER (PARTITION BY ${groups.join(', ')}${order}) = 1`;
};

/** Sets stand beside the other aggregates of their group. */
const renderWithSets = (stage: AggregateStage, context: SqlContext, needed: ReadonlySet<string>): string => {
  const sets = stage.aggregates.filter(isSimpleSet);
  const others = stage.aggregates.filter((aggregate) => !isSimpleSet(aggregate));
  const groups =
    stage.keys.length + others.length === 0
      ? 'SELECT 1 AS nothing'
      : renderAggregate({ ...stage, aggregates: others }, context, needed);
  const columns = sets.map(({ column }, index) => `coalesce(d${index}.items, '[]') AS ${column.id}`);
  const joins = sets.map((set, index) => {
    const same = stage.keys.map(({ column }, key) => `g.${column.id} IS NOT DISTINCT FROM d${index}.k${key}`);
    return `LEFT JOIN (${renderSet(set, stage, context)}) AS d${index} ON ${same.join(' AND ') || 'TRUE'}`;
  });
  return `SELECT g.*, ${columns.join(', ')} FROM (${groups}) AS g ${joins.join(' ')}`;
};

/** `written`: of rows that stand in the query itself, groups come in the order of their first rows, as in the service. */
export const renderAggregate = (
  stage: AggregateStage,
  context: SqlContext,
  needed: ReadonlySet<string>,
  written = false,
): string => {
  if (stage.aggregates.some(isSimpleSet)) return renderWithSets(stage, context, needed);
  const [only, ...others] = stage.aggregates;
  // Without keys an empty input still gives a row, and NaN would rank above everything.
  const ranks = only !== undefined && others.length === 0 && carriesRow(only) && stage.keys.length > 0;
  if (ranks && !written && only.args[0]?.type !== 'real') return renderBestRow(stage, only, context, needed);
  const keys = stage.keys.map(({ column, expr }) => `${renderExpr(expr, context)} AS ${column.id}`);
  const values = stage.aggregates.map((aggregate, index) => {
    if (carriesRow(aggregate)) return `${renderCarrying(aggregate, context, needed)} AS r${index}`;
    const render = aggregateOf(aggregate.fn);
    if (render === undefined) throw new Error(`no SQL is known for the aggregate ${aggregate.fn}`);
    const args = aggregate.args.map((arg) => toArg(arg, context));
    return `${render(args, aggregate, context, [])} AS ${aggregate.column.id}`;
  });
  const groups = stage.keys.map((_, index) => index + 1).join(', ');
  const ordered = written && groups !== '';
  const source = ordered ? `(SELECT *, row_number() OVER () AS ordinal FROM ${stage.input}) AS w` : stage.input;
  const grouped = `SELECT ${[...keys, ...values].join(', ') || '1 AS nothing'} FROM ${source}${groups === '' ? '' : ` GROUP BY ${groups}`}${ordered ? ' ORDER BY min(w.ordinal)' : ''}`;
  if (!stage.aggregates.some(carriesRow)) return grouped;
  const unpacked = stage.aggregates.flatMap((aggregate, index) =>
    carriesRow(aggregate)
      ? [aggregate.column, ...aggregate.carried.map(({ column }) => column)]
          .filter((column) => needed.has(column.id) || column === aggregate.column)
          .map((column) => `r${index}.${column.id} AS ${column.id}`)
      : [aggregate.column.id],
  );
  return `SELECT ${[...stage.keys.map(({ column }) => column.id), ...unpacked].join(', ')} FROM (${grouped})`;
};
