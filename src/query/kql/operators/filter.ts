import type { Conjunct, ExtendStage, FilterStage, Stage } from '../../plan/stage.ts';
import type { Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { isSerialized, isWindow, restoreOrder, settleWindows } from '../windows.ts';

/** The conditions that must all hold: `a and (b and c)` gives three. */
const conjunctNodes = (planning: Planning, node: Node): readonly Node[] => {
  switch (planning.kindOf(node)) {
    case 'AndExpression':
      return [node['Left'] as Node, node['Right'] as Node].flatMap((side) => conjunctNodes(planning, side));
    case 'ParenthesizedExpression': {
      const inner = conjunctNodes(planning, node['Expression'] as Node);
      return inner.length > 1 ? inner : [node];
    }
    default:
      return [node];
  }
};

type Condition = Pick<Conjunct, 'expr' | 'span'>;

/** A condition over other rows is computed before the rows are cut. */
const settled = (
  planning: Planning,
  conditions: readonly Condition[],
  input: Stage,
  scope: Scope,
): { readonly conditions: readonly Condition[]; readonly input: Stage } => {
  if (!conditions.some(({ expr }) => isWindow(expr))) return { conditions, input };
  const [first] = conditions;
  if (!isSerialized(planning, input) && first !== undefined) {
    planning.invalid(first.span, 'Functions over other rows need an order: sort or serialize the rows first.');
  }
  const { stage, exprs, order } = settleWindows(
    planning,
    conditions.map(({ expr }) => expr),
    input,
    scope,
  );
  const computed = exprs.map((expr) => ({ column: planning.column('', expr.type), expr }));
  const extended = planning.add<ExtendStage>({
    kind: 'extend',
    source: null,
    input: stage.id,
    computed,
    output: input.output,
  });
  return {
    conditions: conditions.map(({ span }, index) => ({
      span,
      expr: { kind: 'column', id: computed[index]?.column.id ?? '', type: 'bool', span },
    })),
    input: restoreOrder(planning, extended, order),
  };
};

export const planFilter = (planning: Planning, node: Node, scope: Scope, given: Stage): Stage => {
  const planned = conjunctNodes(planning, node['Condition'] as Node).map((condition) => ({
    expr: planExpr(planning, condition, scope),
    span: spanOf(condition, scope),
  }));
  const { conditions, input } = settled(planning, planned, given, scope);
  const stage = planning.add<FilterStage>({
    kind: 'filter',
    source: { operator: 'where', span: spanOf(node, scope) },
    input: input.id,
    conjuncts: [],
    output: given.output,
  });
  const conjuncts: Conjunct[] = conditions.map((condition, index) => ({
    id: `${stage.id}/${index + 1}`,
    ...condition,
  }));
  return planning.replace({ ...stage, conjuncts });
};
