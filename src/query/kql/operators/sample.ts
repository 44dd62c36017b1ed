import type { Column, Expr } from '../../plan/expr.ts';
import type { AggregateStage, Computed, DistinctStage, LimitStage, ProjectStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, type Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { carriedGroups, groupColumns, groupReferences } from './within.ts';

const columnOf = (column: Column): Expr => ({
  kind: 'column',
  id: column.id,
  type: column.type,
  span: { start: 0, end: 0 },
});

/** So many of each group, where a subquery runs once for each. */
const withinGroups = (scope: Scope): Pick<LimitStage, 'within'> =>
  scope.within.length === 0 ? {} : { within: groupReferences(scope) };

/** Any rows will do; the first ones are the same at every run. */
export const planSample = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage =>
  planning.add<LimitStage>({
    kind: 'limit',
    source: { operator: 'sample', span: spanOf(node, scope) },
    input: input.id,
    count: planExpr(planning, node['Expression'] as Node, { ...scope, row: [] }),
    ...withinGroups(scope),
    output: input.output,
  });

export const planSampleDistinct = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const expr = planExpr(planning, node['OfExpression'] as Node, scope);
  const column = planning.column(columnsOfType(node.ResultType)?.[0]?.name ?? '', expr.type);
  const projected = planning.add<ProjectStage>({
    kind: 'project',
    source: null,
    input: input.id,
    computed: [{ column, expr }, ...carriedGroups(scope)],
    output: [column],
  });
  const distinct = planning.add<DistinctStage>({
    kind: 'distinct',
    source: null,
    input: projected.id,
    hidden: groupColumns(scope),
    output: [column],
  });
  return planning.add<LimitStage>({
    kind: 'limit',
    source: { operator: 'sample-distinct', span: spanOf(node, scope) },
    input: distinct.id,
    count: planExpr(planning, node['Expression'] as Node, { ...scope, row: [] }),
    ...withinGroups(scope),
    output: [column],
  });
};

/** The values with the highest count or sum; the service approximates, this counts. */
export const planTopHitters = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const span = spanOf(node, scope);
  const bound = columnsOfType(node.ResultType) ?? [];
  const expr = planExpr(planning, node['OfExpression'] as Node, scope);
  const key: Computed = { column: planning.column(bound[0]?.name ?? '', expr.type), expr };
  const by = node['ByClause'] as Node | null;
  const weight = by === null ? null : planExpr(planning, by['Expression'] as Node, scope);
  const value = planning.column(bound[1]?.name ?? '', weight?.type === 'real' ? 'real' : 'long');
  const grouped = planning.add<AggregateStage>({
    kind: 'aggregate',
    source: null,
    input: input.id,
    keys: [key],
    aggregates: [
      {
        fn: weight === null ? 'count' : 'sum',
        args: weight === null ? [] : [weight],
        column: value,
        carried: [],
        span,
      },
    ],
    output: [key.column, value],
  });
  return planning.add<LimitStage>({
    kind: 'limit',
    source: { operator: 'top-hitters', span },
    input: grouped.id,
    count: planExpr(planning, node['Expression'] as Node, { ...scope, row: [] }),
    within: [],
    keys: [{ expr: columnOf(value), descending: true, nullsFirst: false }],
    refusesTies: 'top-hitters where values tie for the last place, since the service picks among them by chance',
    output: grouped.output,
  });
};
