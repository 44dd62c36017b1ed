import type { ScalarType } from '../../model/table.ts';
import type { Call, Expr } from '../plan/expr.ts';
import type { AggregateStage, TableStage } from '../plan/stage.ts';
import { foldCall } from './fold.ts';
import { callOf, planExpr, refuse } from './plan-expr.ts';
import { planUserFunction } from './plan-function.ts';
import { nameOf } from './plan-name.ts';
import { printDynamic } from '../values/dynamic.ts';
import { columnsOfType, elementsOf, scalarTypeOf, type Node } from './kusto.ts';
import type { Planning } from './planning.ts';
import { spanOf, type Scope } from './scope.ts';

export const argumentsOf = (node: Node): readonly Node[] =>
  elementsOf((node['ArgumentList'] as Node | undefined)?.['Expressions']);

/** A function call among scalars. What depends on the query's own names is resolved here, the rest by the function tables. */
export const planCall = (planning: Planning, node: Node, scope: Scope): Expr => {
  const name = nameOf(node['Name'] as Node);
  const aggregate = scope.onAggregate?.(node) ?? null;
  if (aggregate !== null) return aggregate;
  const binding = scope.names.get(name);
  if (binding?.kind === 'function') return planUserFunction(planning, node, argumentsOf(node), binding, scope);
  const special = specialCalls[name];
  if (special !== undefined) return special(planning, node, scope);
  const call = callOf(
    node,
    scope,
    name,
    argumentsOf(node).map((argument) => planExpr(planning, argument, scope)),
  );
  return foldCall({ ...call, type: resultType(call) });
};

/** Where the binder's type is not the engine's. */
const resultTypes: Readonly<Record<string, ScalarType>> = {
  ceiling: 'real',
  jaccard_index: 'real',
  hourofday: 'long',
  monthofyear: 'long',
  getmonth: 'long',
  getyear: 'long',
  dayofmonth: 'long',
  dayofyear: 'long',
  week_of_year: 'long',
  weekofyear: 'long',
  datetime_part: 'long',
  datepart: 'long',
};

const resultType = (call: Call): ScalarType => {
  const [unit] = call.args;
  if (call.fn === 'datetime_diff' && unit?.kind === 'literal' && String(unit.value).toLowerCase() === 'week')
    return 'real';
  return resultTypes[call.fn] ?? call.type;
};

type SpecialCall = (planning: Planning, node: Node, scope: Scope) => Expr;

const ago: SpecialCall = (planning, node, scope) => {
  const [argument] = argumentsOf(node);
  if (argument === undefined) return refuse(planning, node, scope, 'ago without an argument');
  return callOf(node, scope, '-', [now(node, scope), planExpr(planning, argument, scope)]);
};

const now = (node: Node, scope: Scope): Expr => ({
  kind: 'call',
  fn: 'now',
  args: [],
  type: 'datetime',
  span: spanOf(node, scope),
});

const nowWithOffset: SpecialCall = (planning, node, scope) => {
  const [offset] = argumentsOf(node);
  if (offset === undefined) return now(node, scope);
  return callOf(node, scope, '+', [now(node, scope), planExpr(planning, offset, scope)]);
};

/** The column of this name when there is one, else the second argument. */
const columnIfExists: SpecialCall = (planning, node, scope) => {
  const [nameNode, otherwise] = argumentsOf(node);
  if (nameNode === undefined || otherwise === undefined) return refuse(planning, node, scope, 'column_ifexists here');
  const name = planExpr(planning, nameNode, scope);
  if (name.kind !== 'literal') return refuse(planning, node, scope, 'column_ifexists with a computed name');
  const column = scope.row.find((candidate) => candidate.name === name.value);
  if (column === undefined) return planExpr(planning, otherwise, scope);
  return { kind: 'column', id: column.id, type: column.type, span: spanOf(node, scope) };
};

/** Every column of the row in a bag. */
const packAll: SpecialCall = (planning, node, scope) =>
  callOf(
    node,
    scope,
    ignoresEmpty(planning, node, scope) ? 'pack_filled' : 'bag_pack',
    scope.row.flatMap((column) => namedColumn(column.name, column.id, column, node, scope)),
  );

const ignoresEmpty = (planning: Planning, node: Node, scope: Scope): boolean => {
  const [flag] = argumentsOf(node);
  if (flag === undefined) return false;
  const value = planExpr(planning, flag, scope);
  return value.kind === 'literal' && value.value === true;
};

const namedColumn = (name: string, id: string, { type }: { type: Expr['type'] }, node: Node, scope: Scope): Expr[] => [
  { kind: 'literal', type: 'string', value: name, span: spanOf(node, scope) },
  { kind: 'column', id, type, span: spanOf(node, scope) },
];

const bagPackColumns: SpecialCall = (planning, node, scope) =>
  callOf(
    node,
    scope,
    'bag_pack',
    argumentsOf(node).flatMap((argument): Expr[] => [
      { kind: 'literal', type: 'string', value: nameOf(argument), span: spanOf(argument, scope) },
      planExpr(planning, argument, scope),
    ]),
  );

/** The type is known here, unless it is in the data. */
const getType: SpecialCall = (planning, node, scope) => {
  const [argument] = argumentsOf(node);
  if (argument === undefined) return refuse(planning, node, scope, 'gettype without an argument');
  const value = planExpr(planning, argument, scope);
  const type = value.type === 'dynamic' ? scalarTypeOf(argument.ResultType) : value.type;
  if (type === 'dynamic') return callOf(node, scope, 'gettype', [value]);
  return { kind: 'literal', type: 'string', value: type, span: spanOf(node, scope) };
};

/** When a row reached the service. Nothing here is under way for long: the row's own time stands for it. */
const ingestionTime: SpecialCall = (planning, node, scope) => {
  const time = ['TimeGenerated', 'Timestamp'].flatMap(
    (name) => scope.row.find((column) => column.name === name) ?? [],
  )[0];
  const span = spanOf(node, scope);
  if (time === undefined) return { kind: 'literal', type: 'datetime', value: null, span };
  planning.warn(span, `ingestion_time() is taken from ${time.name}: data given here has no time of arrival.`);
  return { kind: 'column', id: time.id, type: time.type, span };
};

/** The table that stands for what the service knows of addresses: `network` and whatever else it tells. */
const geoTable = 'geo_info_from_ip_address';

const geoInfo: SpecialCall = (planning, node, scope) => {
  const [address] = argumentsOf(node);
  const span = spanOf(node, scope);
  if (address === undefined) return refuse(planning, node, scope, `${geoTable} without an address`);
  const networks = planning.filled.has(geoTable) ? planning.tables.get(geoTable) : undefined;
  const value = planExpr(planning, address, scope);
  if (networks === undefined) {
    planning.warn(span, `Where addresses are is not known here: give a table ${geoTable} with a column network.`);
    return { kind: 'literal', type: 'dynamic', value: null, span };
  }
  const table = planning.add<TableStage>({
    kind: 'table',
    source: null,
    table: geoTable,
    output: networks.columns.map(({ name, type }) => planning.column(name, type)),
  });
  const pairs = table.output.flatMap((column) => namedColumn(column.name, column.id, column, node, scope));
  const list = planning.column('', 'dynamic');
  const gathered = planning.add<AggregateStage>({
    kind: 'aggregate',
    source: null,
    input: table.id,
    keys: [],
    aggregates: [
      {
        fn: 'collect',
        args: [{ kind: 'call', fn: 'bag_pack', args: pairs, type: 'dynamic', span }],
        column: list,
        carried: [],
        span,
      },
    ],
    output: [list],
  });
  const known: Expr = { kind: 'subquery', stage: gathered.id, column: list.id, type: 'dynamic', span };
  const text: Expr = { kind: 'call', fn: 'dynamic_to_json', args: [known], type: 'string', span };
  return { kind: 'call', fn: 'geo_info', args: [value, text], type: 'dynamic', span };
};

/** Names of a table's columns. */
const columnNames: SpecialCall = (planning, node, scope) => {
  const [table] = argumentsOf(node);
  const columns = columnsOfType(table?.ResultType);
  if (columns === null) return refuse(planning, node, scope, 'column_names_of here');
  return {
    kind: 'literal',
    type: 'dynamic',
    value: printDynamic(columns.map(({ name }) => name)),
    span: spanOf(node, scope),
  };
};

/** `bin` by the size, and from the point, that `set` has chosen for the whole query. */
const binAuto: SpecialCall = (planning, node, scope) => {
  const [argument] = argumentsOf(node);
  const size = planning.options.get('query_bin_auto_size');
  if (argument === undefined || size === undefined) {
    planning.invalid(spanOf(node, scope), 'bin_auto needs a size: set query_bin_auto_size=1h; before the query.');
    return refuse(planning, node, scope, 'bin_auto without a size');
  }
  const at = planning.options.get('query_bin_auto_at');
  const value = planExpr(planning, argument, scope);
  const call = callOf(node, scope, at === undefined ? 'bin' : 'bin_at', [
    value,
    size,
    ...(at === undefined ? [] : [at]),
  ]);
  return { ...call, type: value.type };
};

/** Whether the row has a column of this name. */
const columnExists: SpecialCall = (planning, node, scope) => {
  const [argument] = argumentsOf(node);
  const name = argument === undefined ? null : planExpr(planning, argument, scope);
  if (name?.kind !== 'literal') return refuse(planning, node, scope, 'iscolumnexists with a computed name');
  const value = scope.row.some((column) => column.name === name.value);
  return { kind: 'literal', type: 'bool', value, span: spanOf(node, scope) };
};

/** Functions that are resolved where they stand. */
export const specialCalls: Readonly<Record<string, SpecialCall>> = {
  bin_auto: binAuto,
  column_names_of: columnNames,
  iscolumnexists: columnExists,
  geo_info_from_ip_address: geoInfo,
  ingestion_time: ingestionTime,
  ago,
  now: nowWithOffset,
  column_ifexists: columnIfExists,
  columnifexists: columnIfExists,
  pack_all: packAll,
  bag_pack_columns: bagPackColumns,
  gettype: getType,
};
