import type { Expr } from '../../plan/expr.ts';
import type { Computed } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type BoundColumn, type Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import { nameOf } from '../plan-name.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';

/** Whether an item gives several columns: `(a, b) = f(x)`, or a function with several results. */
export const isTuple = (planning: Planning, node: Node): boolean =>
  planning.kindOf(node) === 'CompoundNamedExpression' || node.ResultType?.Columns !== undefined;

const conversion = (value: Expr, type: Expr['type']): Expr =>
  type === 'dynamic' ? value : { kind: 'call', fn: `to${type}`, args: [value], type, span: value.span };

/** How many columns an item adds. One name takes the first result only. */
export const tupleWidth = (planning: Planning, node: Node): number => {
  switch (planning.kindOf(node)) {
    case 'CompoundNamedExpression':
      return elementsOf((node['Names'] as Node)['Names']).length;
    case 'SimpleNamedExpression':
      return 1;
    default:
      return columnsOfType(node.ResultType)?.length ?? 1;
  }
};

/** The results of a function that gives an array of them, each as a column. */
export const planTuple = (
  planning: Planning,
  node: Node,
  scope: Scope,
  bound: readonly BoundColumn[],
): readonly Computed[] => {
  const span = spanOf(node, scope);
  const kind = planning.kindOf(node);
  const call = kind.endsWith('NamedExpression') ? (node['Expression'] as Node) : node;
  const types = columnsOfType(call.ResultType) ?? [];
  const planned = planExpr(planning, call, scope);
  const value: Expr = planned.kind === 'call' ? { ...planned, type: 'dynamic' } : planned;
  const names =
    kind === 'CompoundNamedExpression'
      ? elementsOf((node['Names'] as Node)['Names']).map(nameOf)
      : kind === 'SimpleNamedExpression'
        ? [nameOf(node['Name'] as Node)]
        : bound.map(({ name }) => name);
  return names.map((name, index): Computed => {
    const position: Expr = { kind: 'literal', type: 'long', value: String(index), span };
    const element: Expr = { kind: 'call', fn: 'element', args: [value, position], type: 'dynamic', span };
    const expr = conversion(element, types[index]?.type ?? 'dynamic');
    return { column: planning.column(name, expr.type), expr };
  });
};
