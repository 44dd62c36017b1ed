import type { Computed, DistinctStage, ProjectStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { carriedGroups } from './within.ts';

export const planDistinct = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const source = { operator: 'distinct', span: spanOf(node, scope) };
  const items = elementsOf(node['Expressions']);
  const all = items.some((item) => planning.kindOf(item) === 'StarExpression');
  const from = all ? input : planProjection(planning, node, items, scope, input);
  return planning.add<DistinctStage>({
    kind: 'distinct',
    source,
    input: from.id,
    output: from.output,
    hidden: scope.within,
  });
};

const planProjection = (planning: Planning, node: Node, items: readonly Node[], scope: Scope, input: Stage): Stage => {
  const bound = columnsOfType(node.ResultType) ?? [];
  const computed = items.map((item, index): Computed => {
    const expr = planExpr(planning, item, scope);
    return { column: planning.column(bound[index]?.name ?? '', expr.type), expr };
  });
  return planning.add<ProjectStage>({
    kind: 'project',
    source: null,
    input: input.id,
    computed: [...computed, ...carriedGroups(scope)],
    output: computed.map(({ column }) => column),
  });
};
