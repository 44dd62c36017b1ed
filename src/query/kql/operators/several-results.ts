import type { AggregateStage, Stage } from '../../plan/stage.ts';
import { elementsOf, type Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import { nameOf } from '../plan-name.ts';
import { planTable, refuseTable } from '../plan-table.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';

/** The service answers with several tables; here a query has one answer. */
const warnOfOthers = (planning: Planning, node: Node, scope: Scope, count: number): void => {
  if (count > 1) planning.warn(spanOf(node, scope), `This gives ${count} tables: only the first is shown.`);
};

/** `fork (…) (…)`: the same rows through several queries. */
export const planFork = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const branches = elementsOf(node['Expressions']);
  const [first] = branches;
  if (first === undefined) return refuseTable(planning, node, scope, 'fork without a query');
  warnOfOthers(planning, node, scope, branches.length);
  const implied: Scope = { ...scope, row: input.output, sides: null, implied: input };
  const planned = branches.map((branch) => planTable(planning, branch['Expression'] as Node, implied));
  return planned[0] as Stage;
};

/** `facet by a, b`: how often each value of a column occurs, a table for each column. */
export const planFacet = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const columns = elementsOf(node['Expressions']);
  const [first] = columns;
  if (first === undefined) return refuseTable(planning, node, scope, 'facet without a column');
  warnOfOthers(planning, node, scope, columns.length + (node['WithClause'] === null ? 0 : 1));
  const expr = planExpr(planning, first, scope);
  const key = planning.column(nameOf(first), expr.type);
  const count = planning.column(`count_${key.name}`, 'long');
  const span = spanOf(node, scope);
  return planning.add<AggregateStage>({
    kind: 'aggregate',
    source: { operator: 'facet', span },
    input: input.id,
    keys: [{ column: key, expr }],
    aggregates: [{ fn: 'count', args: [], column: count, carried: [], span }],
    output: [key, count],
  });
};
