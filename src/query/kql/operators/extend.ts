import type { Column } from '../../plan/expr.ts';
import type { Computed, ExtendStage, ProjectStage, Stage, ValuesStage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, symbolKindOf, type BoundColumn, type Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import { nameOf } from '../plan-name.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { isTuple, planTuple, tupleWidth } from './tuple.ts';
import { carriedGroups } from './within.ts';
import { isSerialized, isWindow, restoreOrder, settleWindows } from '../windows.ts';

const declaredName = (planning: Planning, node: Node): string | null =>
  planning.kindOf(node) === 'SimpleNamedExpression' ? nameOf(node['Name'] as Node) : null;

/**
 * The binder has named the results: those that carry a name of the input replace it in its place, the others stand behind, in the
 * order of the expressions.
 */
export const planExtend = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const bound = columnsOfType(node.ResultType) ?? [];
  const items = elementsOf(node['Expressions']);
  const isThere = (name: string): boolean => input.output.some((column) => column.name === name);
  const width = (item: Node): number => {
    const name = declaredName(planning, item);
    if (isTuple(planning, item)) return tupleWidth(planning, item);
    return name === null ? Number(symbolKindOf(item) !== 'Column') : Number(!isThere(name));
  };
  // New columns stand at the end; the binder may know more of the input than there is (`match_id` of every scan).
  const added = bound.slice(bound.length - items.reduce((sum, item) => sum + width(item), 0));
  const replaced = new Map<string, Column>();
  const computed: Computed[] = [];
  let next = 0;
  for (const item of items) {
    const name = declaredName(planning, item);
    if (isTuple(planning, item)) {
      const results = planTuple(planning, item, scope, added.slice(next, next + width(item)));
      for (const { column } of results) if (isThere(column.name)) replaced.set(column.name, column);
      computed.push(...results);
      next += width(item);
      continue;
    }
    if (name === null && symbolKindOf(item) === 'Column') continue;
    const expr = planExpr(planning, item, scope);
    const inPlace = name !== null && isThere(name);
    const result: BoundColumn | undefined = inPlace ? { name, type: expr.type } : added[next++];
    if (result === undefined) continue;
    const column = planning.column(result.name, expr.type);
    if (inPlace) replaced.set(name, column);
    computed.push({ column, expr });
  }
  const settled = settledComputed(planning, computed, input, node, scope);
  const fresh = computed.map(({ column }) => column).filter((column) => replaced.get(column.name) !== column);
  const extended = planning.add<ExtendStage>({
    kind: 'extend',
    source: { operator: 'extend', span: spanOf(node, scope) },
    input: settled.input.id,
    computed: settled.computed,
    output: [...input.output.map((column) => replaced.get(column.name) ?? column), ...fresh],
  });
  return settled.order === null ? extended : restoreOrder(planning, extended, settled.order);
};

interface SettledComputed {
  readonly input: Stage;
  readonly computed: readonly Computed[];
  readonly order: Column | null;
}

/** Functions over other rows need rows in an order: the service refuses them elsewhere, and so do we. */
const settledComputed = (
  planning: Planning,
  computed: readonly Computed[],
  input: Stage,
  node: Node,
  scope: Scope,
): SettledComputed => {
  if (!computed.some(({ expr }) => isWindow(expr))) return { input, computed, order: null };
  if (!isSerialized(planning, input) && planning.kindOf(node) !== 'SerializeOperator') {
    planning.invalid(spanOf(node, scope), 'Functions over other rows need an order: sort or serialize the rows first.');
  }
  const { stage, exprs, order } = settleWindows(
    planning,
    computed.map(({ expr }) => expr),
    input,
    scope,
  );
  return {
    input: stage,
    computed: computed.map(({ column, expr }, index) => ({ column, expr: exprs[index] ?? expr })),
    order,
  };
};

export const planProject = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const settled = settledComputed(planning, projected(planning, node, scope), input, node, scope);
  const sorted = settled.order === null ? settled.input : restoreOrder(planning, settled.input, settled.order);
  return planning.add<ProjectStage>({
    kind: 'project',
    source: { operator: 'project', span: spanOf(node, scope) },
    input: sorted.id,
    computed: [...settled.computed, ...carriedGroups(scope)],
    output: settled.computed.map(({ column }) => column),
  });
};

const projected = (planning: Planning, node: Node, scope: Scope): readonly Computed[] => {
  const bound = columnsOfType(node.ResultType) ?? [];
  const results: Computed[] = [];
  for (const item of elementsOf(node['Expressions'])) {
    const names = bound.slice(results.length);
    if (isTuple(planning, item)) {
      results.push(...planTuple(planning, item, scope, names.slice(0, tupleWidth(planning, item))));
      continue;
    }
    const expr = planExpr(planning, item, scope);
    results.push({ column: planning.column(names[0]?.name ?? `Column${results.length + 1}`, expr.type), expr });
  }
  return results;
};

export const planPrint = (planning: Planning, node: Node, scope: Scope): Stage => {
  const computed = projected(planning, node, scope);
  return planning.add<ValuesStage>({
    kind: 'values',
    source: { operator: 'print', span: spanOf(node, scope) },
    rows: [computed.map(({ expr }) => expr)],
    output: computed.map(({ column }) => column),
  });
};
