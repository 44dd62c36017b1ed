import type { Expr } from '../../plan/expr.ts';
import type { Aggregate, AggregateStage, Computed, ProjectStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type BoundColumn, type Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { carriedGroups } from './within.ts';
import { planAggregates } from './aggregate-call.ts';
import { referenceTo } from './project-columns.ts';

const planKeys = (
  planning: Planning,
  items: readonly Node[],
  bound: readonly BoundColumn[],
  scope: Scope,
): readonly Computed[] =>
  items.map((item, index) => {
    const expr = planExpr(planning, item, scope);
    return { column: planning.column(bound[index]?.name ?? '', expr.type), expr };
  });

/** In an expression over aggregates, a column of the input stands for the key that it is. */
const keyColumn = (keys: readonly Computed[]): ((expr: Expr) => Expr) => {
  const keyOf = new Map(keys.flatMap(({ column, expr }) => (expr.kind === 'column' ? [[expr.id, column.id]] : [])));
  const replace = (expr: Expr): Expr => {
    if (expr.kind === 'column') return { ...expr, id: keyOf.get(expr.id) ?? expr.id };
    return expr.kind === 'call' ? { ...expr, args: expr.args.map(replace) } : expr;
  };
  return replace;
};

/** Keys first, then what the aggregate expressions give, under the names that the binder found. */
export const planSummarize = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const bound = columnsOfType(node.ResultType) ?? [];
  const by = node['ByClause'] as Node | null;
  const keys = planKeys(planning, elementsOf(by?.['Expressions']), bound, scope);
  const aggregates: Aggregate[] = [];
  const results: Computed[] = [];
  for (const item of elementsOf(node['Aggregates'])) {
    const names = bound.slice(keys.length + results.length);
    results.push(...planAggregates(planning, item, names, scope, aggregates));
  }
  return withResults(planning, node, scope, { input, keys, aggregates, results });
};

interface Parts {
  readonly input: Stage;
  readonly keys: readonly Computed[];
  readonly aggregates: readonly Aggregate[];
  readonly results: readonly Computed[];
}

const withResults = (
  planning: Planning,
  node: Node,
  scope: Scope,
  { input, keys, aggregates, results }: Parts,
): Stage => {
  const source = { operator: 'summarize', span: spanOf(node, scope) };
  const keyColumns = keys.map(({ column }) => column);
  const direct = results.every(({ column, expr }) => expr.kind === 'column' && expr.id === column.id);
  const aggregate = planning.add<AggregateStage>({
    kind: 'aggregate',
    source: direct ? source : null,
    input: input.id,
    keys: [...keys, ...carriedGroups(scope)],
    aggregates,
    output: [
      ...keyColumns,
      ...(direct
        ? results.map(({ column }) => column)
        : aggregates.flatMap(({ column, carried }) => [column, ...carried.map((c) => c.column)])),
    ],
  });
  if (direct) return aggregate;
  const toKey = keyColumn(keys);
  const computed = [
    ...keyColumns.map((column) => ({ column, expr: referenceTo(column, node, scope) })),
    ...results.map(({ column, expr }) => ({ column, expr: toKey(expr) })),
  ];
  return planning.add<ProjectStage>({
    kind: 'project',
    source,
    input: aggregate.id,
    computed: [...computed, ...carriedGroups(scope)],
    output: computed.map(({ column }) => column),
  });
};
