import type { LimitStage, SortKey, SortStage, Stage } from '../../plan/stage.ts';
import { elementsOf, type Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { groupReferences } from './within.ts';

const tokenText = (token: unknown): string => (token as { Text?: string } | null)?.Text ?? '';

/** Descending unless said otherwise; nulls are smaller than everything, so they come last when descending. */
export const planSortKey = (planning: Planning, node: Node, scope: Scope): SortKey => {
  if (planning.kindOf(node) !== 'OrderedExpression') {
    return { expr: planExpr(planning, node, scope), descending: true, nullsFirst: false };
  }
  const ordering = node['Ordering'] as Node;
  const descending = tokenText(ordering['AscOrDescKeyword']) !== 'asc';
  const nulls = ordering['NullsClause'] as Node | null;
  const nullsFirst = nulls === null ? !descending : tokenText(nulls['FirstOrLastKeyword']) === 'first';
  return { expr: planExpr(planning, node['Expression'] as Node, scope), descending, nullsFirst };
};

export const planSort = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage =>
  planning.add<SortStage>({
    kind: 'sort',
    source: { operator: 'sort', span: spanOf(node, scope) },
    input: input.id,
    keys: elementsOf(node['Expressions']).map((item) => planSortKey(planning, item, scope)),
    output: input.output,
  });

/** In a subquery that runs for each group, so many of each group. */
const groups = (scope: Scope, keys: readonly SortKey[]): Pick<LimitStage, 'within' | 'keys'> =>
  scope.within.length === 0 ? {} : { within: groupReferences(scope), keys };

export const planTake = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage =>
  planning.add<LimitStage>({
    ...groups(scope, input.kind === 'sort' ? input.keys : []),
    kind: 'limit',
    source: { operator: 'take', span: spanOf(node, scope) },
    input: input.id,
    count: planExpr(planning, node['Expression'] as Node, { ...scope, row: [] }),
    output: input.output,
  });

export const planTop = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const keys = [planSortKey(planning, node['ByExpression'] as Node, scope)];
  const sorted = planning.add<SortStage>({ kind: 'sort', source: null, input: input.id, keys, output: input.output });
  return planning.add<LimitStage>({
    ...groups(scope, keys),
    kind: 'limit',
    source: { operator: 'top', span: spanOf(node, scope) },
    input: sorted.id,
    count: planExpr(planning, node['Expression'] as Node, { ...scope, row: [] }),
    output: input.output,
  });
};
