import type { Column, Expr } from '../../plan/expr.ts';
import type { Aggregate, Computed } from '../../plan/stage.ts';
import { aggregateNames } from '../aggregates.ts';
import { columnsOfType, scalarTypeOf, type BoundColumn, type Node } from '../kusto.ts';
import { argumentsOf } from '../plan-call.ts';
import { planExpr } from '../plan-expr.ts';
import { nameOf } from '../plan-name.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';

const unwrapped = (planning: Planning, node: Node): Node => {
  const kind = planning.kindOf(node);
  const wraps = ['SimpleNamedExpression', 'CompoundNamedExpression', 'ParenthesizedExpression'].includes(kind);
  return wraps ? unwrapped(planning, node['Expression'] as Node) : node;
};

const aggregateOf = (planning: Planning, node: Node): string | undefined =>
  planning.kindOf(node) === 'FunctionCallExpression' ? aggregateNames[nameOf(node['Name'] as Node)] : undefined;

const reference = (column: Column, node: Node, scope: Scope): Expr => ({
  kind: 'column',
  id: column.id,
  type: column.type,
  span: spanOf(node, scope),
});

/**
 * One item of `summarize`: adds the aggregates it holds to `aggregates`, and gives what it results in. An aggregate standing alone is
 * its own result; one inside an expression (`round(avg(x), 2)`) is computed first.
 */
export const planAggregates = (
  planning: Planning,
  item: Node,
  bound: readonly BoundColumn[],
  scope: Scope,
  aggregates: Aggregate[],
): readonly Computed[] => {
  const node = unwrapped(planning, item);
  const fn = aggregateOf(planning, node);
  if (fn !== undefined) {
    const planned = planAlone(planning, node, fn, bound, scope);
    aggregates.push(...planned);
    return planned
      .flatMap(({ column, carried }) => [column, ...carried.map((computed) => computed.column)])
      .map((column) => ({ column, expr: reference(column, node, scope) }));
  }
  const onAggregate = (call: Node): Expr | null => {
    const inner = aggregateOf(planning, call);
    if (inner === undefined) return null;
    const planned = planAlone(planning, call, inner, [{ name: '', type: scalarTypeOf(call.ResultType) }], scope);
    aggregates.push(...planned);
    const [first] = planned;
    return first === undefined ? null : reference(first.column, call, scope);
  };
  const expr = planExpr(planning, node, { ...scope, onAggregate });
  return [{ column: planning.column(bound[0]?.name ?? '', expr.type), expr }];
};

const planAlone = (
  planning: Planning,
  node: Node,
  fn: string,
  bound: readonly BoundColumn[],
  scope: Scope,
): readonly Aggregate[] => {
  const span = spanOf(node, scope);
  const args = argumentsOf(node);
  if (fn === 'arg_max' || fn === 'arg_min' || fn === 'take_any')
    return [planCarrying(planning, node, fn, bound, scope)];
  const planned = args.map((arg) => planExpr(planning, arg, scope));
  if (fn === 'percentiles' || fn === 'percentilesw') {
    const fixed = fn === 'percentiles' ? 1 : 2;
    return planned.slice(fixed).map((rank, index) => ({
      fn: fn === 'percentiles' ? 'percentile' : 'percentilew',
      args: [...planned.slice(0, fixed), rank],
      column: planning.column(bound[index]?.name ?? '', bound[index]?.type ?? 'real'),
      carried: [],
      span,
    }));
  }
  const column = planning.column(resultName(planning, fn, args, bound[0]?.name ?? ''), scalarTypeOf(node.ResultType));
  return [{ fn, args: planned, column, carried: [], span }];
};

/** The binder names a covariance after its first column only, the engine after both. */
const resultName = (planning: Planning, fn: string, args: readonly Node[], bound: string): string => {
  const names = args.filter((arg) => planning.kindOf(arg) === 'NameReference').map(nameOf);
  return fn.startsWith('covariance') && bound === `${fn}_${names[0]}` ? `${bound}_${names[1]}` : bound;
};

/** `arg_max(by, a, b)`, `arg_max(by, *)`, `take_any(*)`: columns of one row of the group. */
const planCarrying = (
  planning: Planning,
  node: Node,
  fn: string,
  bound: readonly BoundColumn[],
  scope: Scope,
): Aggregate => {
  const span = spanOf(node, scope);
  const tuple = columnsOfType(node.ResultType) ?? bound.slice(0, 1);
  const exprs = argumentsOf(node).flatMap((arg, index): Expr[] => {
    if (planning.kindOf(arg) !== 'StarExpression') return [planExpr(planning, arg, scope)];
    // The binder has left out of `*` the keys and the column that is maximized.
    return tuple.slice(index).flatMap(({ name }) => {
      const column = scope.row.find((candidate) => candidate.name === name);
      return column === undefined ? [] : [reference(column, arg, scope)];
    });
  });
  const computed = exprs.map((expr, index) => ({ column: planning.column(bound[index]?.name ?? '', expr.type), expr }));
  const [first, ...carried] = computed;
  if (first === undefined) {
    planning.unsupported(span, `${fn} here`);
    return { fn, args: [], column: planning.column(bound[0]?.name ?? '', 'dynamic'), carried: [], span };
  }
  return { fn, args: [first.expr], column: first.column, carried, span };
};
