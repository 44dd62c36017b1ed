import type { Conjunct, FilterStage, Stage } from '../../plan/stage.ts';
import type { Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';

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

export const planFilter = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const conditions = conjunctNodes(planning, node['Condition'] as Node).map((condition) => ({
    expr: planExpr(planning, condition, scope),
    span: spanOf(condition, scope),
  }));
  const stage = planning.add<FilterStage>({
    kind: 'filter',
    source: { operator: 'where', span: spanOf(node, scope) },
    input: input.id,
    conjuncts: [],
    output: input.output,
  });
  const conjuncts: Conjunct[] = conditions.map((condition, index) => ({
    id: `${stage.id}/${index + 1}`,
    ...condition,
  }));
  return planning.replace({ ...stage, conjuncts });
};
