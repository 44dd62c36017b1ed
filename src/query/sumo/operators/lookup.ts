import { columnsOf } from '../../plan/expr.ts';
import type { Column, Expr } from '../../plan/expr.ts';
import type { Computed, JoinStage, LimitStage, TableStage } from '../../plan/stage.ts';
import type { TableInfo } from '../../../model/table.ts';
import { extended, findColumn, reference, withColumns, type Flow } from '../plan/flow.ts';
import { call, literal, nullText } from '../plan/plan-expr.ts';
import { planField } from '../plan/plan-field.ts';
import type { Planning } from '../plan/planning.ts';
import type { SumoStage } from '../syntax/ast.ts';

type Node = SumoStage & { kind: 'lookup' };

/** A lookup table by its path, as written or by its last part: `path://"/Library/Suspicious Users"` is also `Suspicious Users`. */
const tableOf = (planning: Planning, path: string): TableInfo | undefined => {
  const bare = path.replace(/^path:\/\//i, '');
  const last = bare.split('/').at(-1) ?? bare;
  const names = [path, bare, last, last.replace(/\.csv$/i, '')].map((name) => name.toLowerCase());
  const tables = [...planning.tables.values()];
  return names
    .map((wanted) => tables.find(({ name }) => name.toLowerCase() === wanted))
    .find((table) => table !== undefined);
};

/** Columns that what comes later may look at, named or not. */
export const carriedColumns = (flow: Flow): readonly string[] => {
  const exprs = [flow.time, flow.auto?.text ?? null, ...flow.withTime.values(), ...flow.matched];
  return [
    ...new Set([
      ...flow.stage.output.map(({ id }) => id),
      ...exprs.flatMap((expr) => (expr === null ? [] : columnsOf(expr))),
    ]),
  ];
};

const lowered = (expr: Expr): Expr => call('sumo:lower', [expr], 'string', expr.span);

const withoutTable = (planning: Planning, node: Node, flow: Flow): Flow => {
  planning.report({
    code: 'sumo/no-lookup-table',
    severity: 'warning',
    span: node.span,
    message: `There is no data of ${node.path}: what is looked up there counts as null.`,
    hint: `Give it as a table: --data '${node.path}=FILE.csv'.`,
  });
  const outputs = node.outputs === 'all' ? [] : node.outputs;
  const computed = outputs.map(({ alias }) => ({
    column: planning.column(alias.name, 'string'),
    expr: nullText(alias.span),
  }));
  return extended(planning, flow, computed, { operator: 'lookup', span: node.span });
};

/** Fields of the row of another table that agrees; null where none does. Values agree in any case. */
export const planLookup = (planning: Planning, node: Node, flow: Flow): Flow => {
  const { span, path } = node;
  const fields = node.on.map(({ field }) => planField(planning, field.name, field.span, flow));
  const info = tableOf(planning, path);
  if (info === undefined) return withoutTable(planning, node, flow);
  const table = planning.add<TableStage>({
    kind: 'table',
    source: null,
    table: info.name,
    nullText: true,
    output: info.columns.map(({ name, type }) => planning.column(name, type)),
  });
  const there: Flow = {
    stage: table,
    time: null,
    auto: null,
    slice: null,
    keys: null,
    open: false,
    sorted: false,
    matched: [],
    withTime: new Map(),
  };
  const find = (name: string): Column | undefined => findColumn(table.output, name, planning.dialect);
  // Tables of places and networks may give ranges of addresses.
  const network = /^(?:geo|asn):/i.test(path) && find('ip') === undefined ? find('network') : undefined;
  const [address] = fields;
  const keys =
    network === undefined
      ? node.on.map(({ column, field }) => lowered(planField(planning, column, field.span, there)))
      : [];
  const outputs =
    node.outputs === 'all' ? table.output.map(({ name }) => ({ from: name, alias: { name, span } })) : node.outputs;
  const made = outputs.map(({ from, alias }): Computed => {
    const expr = planField(planning, from, alias.span, there);
    return { column: planning.column(alias.name, expr.type), expr };
  });
  const right = extended(planning, there, made, null);
  // A table's key says which row; where a file has several the first is taken.
  const single =
    keys.length === 0
      ? right.stage
      : planning.add<LimitStage>({
          kind: 'limit',
          source: null,
          input: right.stage.id,
          count: literal('long', '1', span),
          within: keys,
          output: right.stage.output,
        });
  const kept = carriedColumns(flow);
  const stage = planning.add<JoinStage>({
    kind: 'join',
    source: { operator: 'lookup', span },
    flavor: 'leftouter',
    left: flow.stage.id,
    right: single.id,
    nullText: true,
    on: keys.flatMap((key, index) => {
      const field = fields[index];
      return field === undefined ? [] : [{ left: lowered(field), right: key }];
    }),
    ...(network === undefined || address === undefined
      ? {}
      : { test: { fn: 'sumo:in-network', left: address, right: reference(network, span) } }),
    columns: [
      ...kept.map((id) => ({ id, side: 'left' as const, from: id })),
      ...made.map(({ column: { id } }) => ({ id, side: 'right' as const, from: id })),
    ],
    output: withColumns(
      flow.stage.output,
      made.map(({ column }) => column),
      planning.dialect,
    ),
  });
  return { ...flow, stage, matched: [] };
};
