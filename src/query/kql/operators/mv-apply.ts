import type { Column, Expr } from '../../plan/expr.ts';
import type { Computed, ExpandStage, ExtendStage, JoinStage, SortStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type Node } from '../kusto.ts';
import { parametersOf, wordOf } from '../parameters.ts';
import { planExpr } from '../plan-expr.ts';
import { planTable, refuseTable } from '../plan-table.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { expandedItem } from './mv-expand.ts';

const columnOf = (column: Column): Expr => ({
  kind: 'column',
  id: column.id,
  type: column.type,
  span: { start: 0, end: 0 },
});

/** Each row is expanded, the subquery runs over the rows that came from it, and its results stand beside the row. */
export const planMvApply = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const span = spanOf(node, scope);
  const parameters = parametersOf(node['Parameters']);
  const row = planning.column('', 'long');
  const numbered = planning.add<ExtendStage>({
    kind: 'extend',
    source: null,
    input: input.id,
    computed: [{ column: row, expr: { kind: 'call', fn: 'window_ordinal', args: [], type: 'long', span } }],
    output: input.output,
  });
  const items = elementsOf(node['Expressions']).map((item) => expandedItem(planning, item, scope));
  const expanded = items.map(({ name, expr, type }, index): Computed => ({
    column: planning.column(name ?? `Column${index + 1}`, type),
    expr,
  }));
  const indexName = wordOf(parameters, 'with_itemindex');
  const index = indexName === undefined ? null : planning.column(indexName, 'long');
  const limit = node['RowLimitClause'] as Node | null;
  const fresh = [...expanded.map(({ column }) => column), ...(index === null ? [] : [index])];
  const hidden = new Set(fresh.map(({ name }) => name));
  const elements = planning.add<ExpandStage>({
    kind: 'expand',
    source: null,
    input: numbered.id,
    expanded,
    bagsAsArrays: false,
    index,
    limit: limit === null ? null : planExpr(planning, limit['RowLimit'] as Node, { ...scope, row: [] }),
    output: [...input.output.filter(({ name }) => !hidden.has(name)), ...fresh],
  });
  // An outer subquery's groups hold here too, since a row lies in one of them.
  const subquery = planTable(planning, (node['Subquery'] as Node)['Expression'] as Node, {
    ...scope,
    row: elements.output,
    sides: null,
    implied: elements,
    within: [row, ...scope.within],
  });
  const bound = columnsOfType(node.ResultType) ?? [];
  const named = bound.flatMap(({ name }) => {
    const inner = subquery.output.find((column) => column.name === name);
    const outer = input.output.find((column) => column.name === name);
    const side = inner !== undefined && inner !== outer ? ('right' as const) : ('left' as const);
    const from = side === 'right' ? inner : outer;
    return from === undefined ? [] : [{ side, from: from.id, output: planning.column(name, from.type) }];
  });
  if (named.length !== bound.length) return refuseTable(planning, node, scope, 'this form of mv-apply');
  // The subquery's own order, kept through the join.
  const place = planning.column('', 'long');
  const placed = planning.add<ExtendStage>({
    kind: 'extend',
    source: null,
    input: subquery.id,
    computed: [{ column: place, expr: { kind: 'call', fn: 'window_ordinal', args: [], type: 'long', span } }],
    output: subquery.output,
  });
  const order = [row, place].map((column, index) => ({
    side: index === 0 ? ('left' as const) : ('right' as const),
    from: column.id,
    output: planning.column('', 'long'),
  }));
  const groups = scope.within.map((column) => ({ side: 'left' as const, from: column.id, output: column }));
  const joined = planning.add<JoinStage>({
    kind: 'join',
    source: { operator: 'mv-apply', span },
    flavor: 'inner',
    left: numbered.id,
    right: placed.id,
    on: [{ left: columnOf(row), right: columnOf(row) }],
    columns: [...named, ...groups, ...order].map(({ side, from, output }) => ({ id: output.id, side, from })),
    output: named.map(({ output }) => output),
  });
  return planning.add<SortStage>({
    kind: 'sort',
    source: null,
    input: joined.id,
    keys: order.map(({ output }) => ({ expr: columnOf(output), descending: false, nullsFirst: false })),
    output: joined.output,
  });
};
