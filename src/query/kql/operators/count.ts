import type { AggregateStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, type Node } from '../kusto.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { carriedGroups } from './within.ts';

export const planCount = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const span = spanOf(node, scope);
  const column = planning.column(columnsOfType(node.ResultType)?.[0]?.name ?? 'Count', 'long');
  return planning.add<AggregateStage>({
    kind: 'aggregate',
    source: { operator: 'count', span },
    input: input.id,
    keys: carriedGroups(scope),
    aggregates: [{ fn: 'count', args: [], column, carried: [], span }],
    output: [column],
  });
};
