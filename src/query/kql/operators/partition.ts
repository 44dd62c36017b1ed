import type { ExtendStage, Stage } from '../../plan/stage.ts';
import type { Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import { planTable, refuseTable } from '../plan-table.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';

/** The subquery runs over each group of rows with one value; the groups' results are one table. */
export const planPartition = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const operand = node['Operand'] as Node;
  if (planning.kindOf(operand) !== 'PartitionSubquery')
    return refuseTable(planning, node, scope, 'partition with a query in braces');
  const expr = planExpr(planning, node['ByExpression'] as Node, scope);
  const group = planning.column('', expr.type);
  const grouped = planning.add<ExtendStage>({
    kind: 'extend',
    source: { operator: 'partition', span: spanOf(node, scope) },
    input: input.id,
    computed: [{ column: group, expr }],
    output: input.output,
  });
  return planTable(planning, operand['Subquery'] as Node, {
    ...scope,
    row: grouped.output,
    sides: null,
    implied: grouped,
    within: [group, ...scope.within],
  });
};
