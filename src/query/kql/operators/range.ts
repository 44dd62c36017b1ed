import type { RangeStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, type Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';

export const planRange = (planning: Planning, node: Node, scope: Scope): Stage => {
  const [bound] = columnsOfType(node.ResultType) ?? [];
  return planning.add<RangeStage>({
    kind: 'range',
    source: { operator: 'range', span: spanOf(node, scope) },
    from: planExpr(planning, node['From'] as Node, scope),
    to: planExpr(planning, node['To'] as Node, scope),
    step: planExpr(planning, node['Step'] as Node, scope),
    output: [planning.column(bound?.name ?? 'Column1', bound?.type ?? 'long')],
  });
};
