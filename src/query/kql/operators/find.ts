import type { Column, Expr, Literal } from '../../plan/expr.ts';
import type { FilterStage, Stage, UnionStage } from '../../plan/stage.ts';
import { columnsOfType, symbolKindOf, type BoundColumn, type Node } from '../kusto.ts';
import { parametersOf, wordOf } from '../parameters.ts';
import { nameOf } from '../plan-name.ts';
import { refuseTable } from '../plan-table.ts';
import type { Planning } from '../planning.ts';
import { spanOf, withRow, type Scope } from '../scope.ts';
import { planCondition, searchedTables, type SearchedTable } from './search.ts';
import { sourceOf } from './union.ts';

/** Names of columns in a condition; null where it looks into all columns. */
const columnsIn = (planning: Planning, node: Node): ReadonlySet<string> | null => {
  const names = new Set<string>();
  let isEverywhere = planning.kindOf(node) === 'StringLiteralExpression';
  const visit = (inner: Node): void => {
    const kind = planning.kindOf(inner);
    if (kind === 'StarExpression' || kind === 'SearchExpression') isEverywhere = true;
    if (kind === 'NameReference' && symbolKindOf(inner) !== 'Function') names.add(nameOf(inner));
    for (let index = 0; index < inner.ChildCount; index++) {
      const child = inner.GetChild(index);
      if (child !== null) visit(child as Node);
    }
  };
  visit(node);
  return isEverywhere || names.size === 0 ? null : names;
};

/** The column that takes what has none of its own: the binder puts it last where there is anything to take. */
const packIn = (bound: readonly BoundColumn[]): BoundColumn | undefined => {
  const last = bound.at(-1);
  return last?.type === 'dynamic' && /^pack_\d*$/.test(last.name) ? last : undefined;
};

const packOf = (columns: readonly Column[], span: Expr['span']): Expr => ({
  kind: 'call',
  fn: 'bag_pack',
  args: columns.flatMap(({ id, name, type }): Expr[] => [
    { kind: 'literal', type: 'string', value: name, span },
    { kind: 'column', id, type, span },
  ]),
  type: 'dynamic',
  span,
});

/** Rows of many tables that meet a condition: the columns that are asked for, and the others in a bag. */
export const planFind = (planning: Planning, node: Node, scope: Scope, input: Stage | null): Stage => {
  const span = spanOf(node, scope);
  const condition = node['Condition'] as Node;
  const bound = columnsOfType(node.ResultType) ?? [];
  const wanted = columnsIn(planning, condition);
  const members = searchedTables(planning, node, scope, input).filter(
    ({ stage }) => wanted === null || stage.output.some(({ name }) => wanted.has(name)),
  );
  if (members.length === 0) return refuseTable(planning, node, scope, 'find without tables');
  const source = wordOf(parametersOf(node['Parameters']), 'withsource') ?? 'source_';
  const pack = packIn(bound);
  const absent = new Set([...bound.map(({ name }) => name), ...(wanted ?? [])]);
  return planning.add<UnionStage>({
    kind: 'union',
    source: { operator: 'find', span },
    inputs: members.map((member) => {
      const filter = filtered(planning, condition, scope, member, absent);
      return { stage: filter.id, columns: bound.map((column) => cellOf(member, column, filter.output)) };
    }),
    output: bound.map(({ name, type }) => planning.column(name, type)),
  });

  function cellOf({ label }: SearchedTable, column: BoundColumn, columns: readonly Column[]): Expr {
    const literal = (value: string | null): Literal => ({ kind: 'literal', type: column.type, value, span });
    if (column.name === source && column === bound[0]) return literal(label);
    if (column === pack) return packOf(restOf(columns), span);
    const found = sourceOf(columns, column) ?? columns.find(({ name }) => name === column.name);
    if (found === undefined) return literal(column.type === 'string' ? '' : null);
    const value: Expr = { kind: 'column', id: found.id, type: found.type, span };
    return found.type === column.type
      ? value
      : { kind: 'call', fn: `to${column.type}`, args: [value], type: column.type, span };
  }

  /** What has no column of its own. */
  function restOf(columns: readonly Column[]): readonly Column[] {
    return columns.filter(
      (column) =>
        !bound.some((own) => own !== pack && (own.name === column.name || sourceOf([column], own) !== undefined)),
    );
  }
};

const filtered = (
  planning: Planning,
  condition: Node,
  scope: Scope,
  { stage }: SearchedTable,
  absent: ReadonlySet<string>,
): Stage => {
  const expr = planCondition(planning, condition, { ...withRow(scope, stage), absent }, false);
  const filter = planning.add<FilterStage>({
    kind: 'filter',
    source: { operator: 'find', span: spanOf(condition, scope) },
    input: stage.id,
    conjuncts: [],
    output: stage.output,
  });
  return planning.replace({
    ...filter,
    conjuncts: [{ id: `${filter.id}/1`, expr, span: spanOf(condition, scope) }],
  });
};
