import type { Call, Column, Expr, Literal } from '../../plan/expr.ts';
import type { AggregateStage, Computed, ExpandStage, ExtendStage, ProjectStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, symbolKindOf, type Node } from '../kusto.ts';
import { argumentsOf } from '../plan-call.ts';
import { planExpr } from '../plan-expr.ts';
import { refuseTable } from '../plan-table.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { referenceTo } from './project-columns.ts';

const call = (fn: string, args: readonly Expr[], type: Call['type'], span: Call['span']): Call => ({
  kind: 'call',
  fn,
  args,
  type,
  span,
});

/** Times cross into a function of the whole table as ticks. */
const asItem = (expr: Expr): Expr =>
  expr.type === 'datetime' || expr.type === 'timespan' ? call('tolong', [expr], 'long', expr.span) : expr;

/** What came back, as a column of the type that the binder knows. */
const fromItem = (item: Expr, type: Column['type']): Expr => {
  if (type === 'dynamic') return item;
  const isTime = type === 'datetime' || type === 'timespan';
  return call(`to${type}`, [isTime ? call('tolong', [item], 'long', item.span) : item], type, item.span);
};

/** A function of all rows: `columns` of each row and `settings` go in, rows of the operator's own columns come out. */
export const planTableFunction = (
  planning: Planning,
  node: Node,
  scope: Scope,
  input: Stage,
  {
    fn,
    columns,
    settings,
  }: { readonly fn: string; readonly columns: readonly Expr[]; readonly settings: readonly Expr[] },
): Stage => {
  if (scope.within.length > 0) return refuseTable(planning, node, scope, 'a plugin inside a subquery');
  const span = spanOf(node, scope);
  const [list, result, row] = [0, 1, 2].map(() => planning.column('', 'dynamic')) as [Column, Column, Column];
  const gathered = planning.add<AggregateStage>({
    kind: 'aggregate',
    source: null,
    input: input.id,
    keys: [],
    aggregates: [
      {
        fn: 'collect',
        args: [call('pack_array', columns.map(asItem), 'dynamic', span)],
        column: list,
        carried: [],
        span,
      },
    ],
    output: [list],
  });
  const args = [referenceTo(list, node, scope), call('pack_array', settings.map(asItem), 'dynamic', span)];
  const computed = planning.add<ExtendStage>({
    kind: 'extend',
    source: null,
    input: gathered.id,
    computed: [{ column: result, expr: call(fn, args, 'dynamic', span) }],
    output: [result],
  });
  const expanded = planning.add<ExpandStage>({
    kind: 'expand',
    source: null,
    input: computed.id,
    expanded: [{ column: row, expr: referenceTo(result, node, scope) }],
    bagsAsArrays: false,
    index: null,
    limit: null,
    output: [row],
  });
  const results = (columnsOfType(node.ResultType) ?? []).map(({ name, type }, index): Computed => {
    const position: Literal = { kind: 'literal', type: 'long', value: String(index), span };
    const item = call('element', [referenceTo(row, node, scope), position], 'dynamic', span);
    return { column: planning.column(name, type), expr: fromItem(item, type) };
  });
  return planning.add<ProjectStage>({
    kind: 'project',
    source: { operator: 'evaluate', span },
    input: expanded.id,
    computed: results,
    output: results.map(({ column }) => column),
  });
};

type PlanPlugin = (planning: Planning, node: Node, scope: Scope, input: Stage) => Stage;

/** Arguments that are columns of the row, and what stands between them. */
const isColumn = (node: Node): boolean => symbolKindOf(node) === 'Column';

/**
 * A plugin over who did something when: the id's column, the time's, `count` settings (of which `optional` may be left out at the
 * front), and columns by which all is told apart.
 */
export const planActivity =
  (name: string, count: number, { optional = 0, cohort = false } = {}): PlanPlugin =>
  (planning, node, scope, input) => {
    const refuse = (what: string): Stage => refuseTable(planning, node, scope, `the plugin ${name} ${what}`);
    const [id, time, ...rest] = argumentsOf(node['FunctionCall'] as Node);
    if (id === undefined || time === undefined) return refuse('here');
    if (rest.some((arg) => arg.ResultType?.Columns !== undefined)) return refuse('with a table to look back at');
    const given = rest.filter((arg) => !isColumn(arg));
    const most = count + (cohort ? 1 : 0);
    if (![count, count - optional, most].includes(given.length)) return refuse('with these arguments');
    const settings = given.map((arg) => planExpr(planning, arg, { ...scope, row: [] }));
    if (settings.some(({ type }) => type === 'string')) return refuse('by calendar periods');
    const columns = [id, time, ...rest.filter(isColumn)].map((arg) => planExpr(planning, arg, scope));
    const nulls = Array.from({ length: count - given.length }, () => nullOf(spanOf(node, scope)));
    return planTableFunction(planning, node, scope, input, {
      fn: `plugin_${name}`,
      columns,
      settings: [...nulls, ...settings],
    });
  };

const nullOf = (span: Expr['span']): Literal => ({ kind: 'literal', type: 'long', value: null, span });

/** Percentiles of all values of so many bins up to each one. */
export const planRollingPercentile: PlanPlugin = (planning, node, scope, input) => {
  const [value, percent, index, size, bins, ...dimensions] = argumentsOf(node['FunctionCall'] as Node);
  if (!value || !percent || !index || !size || !bins)
    return refuseTable(planning, node, scope, 'the plugin rolling_percentile here');
  return planTableFunction(planning, node, scope, input, {
    fn: 'plugin_rolling_percentile',
    columns: [value, index, ...dimensions].map((arg) => planExpr(planning, arg, scope)),
    settings: [percent, size, bins].map((arg) => planExpr(planning, arg, { ...scope, row: [] })),
  });
};

/** Each cell in a row of its own. */
export const planNarrow: PlanPlugin = (planning, node, scope, input) => {
  const span = spanOf(node, scope);
  return planTableFunction(planning, node, scope, input, {
    fn: 'plugin_narrow',
    columns: input.output.map((column) => call('tostring', [referenceTo(column, node, scope)], 'string', span)),
    settings: input.output.map(({ name }): Literal => ({ kind: 'literal', type: 'string', value: name, span })),
  });
};

/** Of digests beside each other, how many values the first, the first two, … have in common. */
export const planIntersections: PlanPlugin = (planning, node, scope, input) => {
  const span = spanOf(node, scope);
  const digests = argumentsOf(node['FunctionCall'] as Node).map((arg) => planExpr(planning, arg, scope));
  const counts = planning.column('', 'dynamic');
  const added = (columnsOfType(node.ResultType) ?? []).slice(input.output.length);
  const counted = planning.add<ExtendStage>({
    kind: 'extend',
    source: null,
    input: input.id,
    computed: [{ column: counts, expr: call('dcount_intersect', digests, 'dynamic', span) }],
    output: input.output,
  });
  const computed = added.map(({ name, type }, index): Computed => {
    const position: Literal = { kind: 'literal', type: 'long', value: String(index), span };
    const item = call('element', [referenceTo(counts, node, scope), position], 'dynamic', span);
    return { column: planning.column(name, type), expr: fromItem(item, type) };
  });
  return planning.add<ExtendStage>({
    kind: 'extend',
    source: { operator: 'evaluate', span },
    input: counted.id,
    computed,
    output: [...input.output, ...computed.map(({ column }) => column)],
  });
};

/** Schemas of several tables (`getschema`) as one. */
export const planSchemaMerge: PlanPlugin = (planning, node, scope, input) => {
  const [order] = argumentsOf(node['FunctionCall'] as Node);
  const value = order === undefined ? null : planExpr(planning, order, { ...scope, row: [] });
  const columns = ['ColumnName', 'ColumnOrdinal', 'ColumnType'].flatMap(
    (name) => input.output.find((column) => column.name === name) ?? [],
  );
  if (columns.length < 3) return refuseTable(planning, node, scope, 'schema_merge of what is no schema');
  return planTableFunction(planning, node, scope, input, {
    fn: 'plugin_schema_merge',
    columns: columns.map((column) => referenceTo(column, node, scope)),
    settings: [value ?? { kind: 'literal', type: 'bool', value: true, span: spanOf(node, scope) }],
  });
};
