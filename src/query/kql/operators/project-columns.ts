import type { Column, Expr } from '../../plan/expr.ts';
import type { Computed, ProjectStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type Node } from '../kusto.ts';
import { nameOf } from '../plan-name.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { carriedGroups } from './within.ts';

export const referenceTo = (column: Column, node: Node, scope: Scope): Expr => ({
  kind: 'column',
  id: column.id,
  type: column.type,
  span: spanOf(node, scope),
});

/** `project-away`, `project-keep`, `project-reorder`: the binder has matched the patterns; its result says which columns, in which order. */
export const planProjectByPattern = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const kept = (columnsOfType(node.ResultType) ?? []).flatMap(({ name }) =>
    input.output.filter((column) => column.name === name),
  );
  const computed = kept.map((column): Computed => ({ column, expr: referenceTo(column, node, scope) }));
  return planning.add<ProjectStage>({
    kind: 'project',
    source: { operator: operatorName(planning, node), span: spanOf(node, scope) },
    input: input.id,
    computed: [...computed, ...carriedGroups(scope)],
    output: kept,
  });
};

const operatorName = (planning: Planning, node: Node): string =>
  ({
    ProjectAwayOperator: 'project-away',
    ProjectKeepOperator: 'project-keep',
    ProjectReorderOperator: 'project-reorder',
  })[planning.kindOf(node)] ?? 'project';

export const planProjectRename = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const renames = new Map(
    elementsOf(node['Expressions']).flatMap((item): [string, string][] =>
      planning.kindOf(item) === 'SimpleNamedExpression'
        ? [[nameOf(item['Expression'] as Node), nameOf(item['Name'] as Node)]]
        : [],
    ),
  );
  const computed = input.output.map((column): Computed => {
    const name = renames.get(column.name);
    return {
      column: name === undefined ? column : planning.column(name, column.type),
      expr: referenceTo(column, node, scope),
    };
  });
  return planning.add<ProjectStage>({
    kind: 'project',
    source: { operator: 'project-rename', span: spanOf(node, scope) },
    input: input.id,
    computed: [...computed, ...carriedGroups(scope)],
    output: computed.map(({ column }) => column),
  });
};
