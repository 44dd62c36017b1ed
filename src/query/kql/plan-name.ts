import type { Column, Expr } from '../plan/expr.ts';
import { callOf, planExpr, refuse } from './plan-expr.ts';
import { planUserFunction } from './plan-function.ts';
import { scalarTypeOf, symbolKindOf, type Node } from './kusto.ts';
import type { Planning } from './planning.ts';
import { spanOf, type Scope } from './scope.ts';

export const nameOf = (node: Node): string => node.SimpleName ?? '';

const columnRef = (column: Column, node: Node, scope: Scope): Expr => ({
  kind: 'column',
  id: column.id,
  type: column.type,
  span: spanOf(node, scope),
});

const unresolved = (planning: Planning, node: Node, name: string, scope: Scope): Expr => {
  const span = spanOf(node, scope);
  planning.unresolved(span, name);
  return { kind: 'literal', type: 'dynamic', value: null, span };
};

const absent = (node: Node, scope: Scope): Expr => {
  const type = scalarTypeOf(node.ResultType);
  return { kind: 'literal', type, value: type === 'string' ? '' : null, span: spanOf(node, scope) };
};

/** A name in an expression: a column of the row, else a `let`, a parameter, or a function written without brackets. */
export const planName = (planning: Planning, node: Node, scope: Scope): Expr => {
  const name = nameOf(node);
  const column = scope.row.find((candidate) => candidate.name === name);
  const binding = scope.names.get(name);
  if (symbolKindOf(node) === 'Column' || binding === undefined) {
    if (column !== undefined) return columnRef(column, node, scope);
    return scope.absent?.has(name) === true ? absent(node, scope) : unresolved(planning, node, name, scope);
  }
  switch (binding.kind) {
    case 'scalar':
      return { ...binding.expr(), span: spanOf(node, scope) };
    case 'function':
      return planUserFunction(planning, node, [], binding, scope);
    case 'table':
    case 'pattern':
      return refuse(planning, node, scope, `the ${binding.kind} ${name} as a value`);
  }
};

/** `$left.x`, or a property of a dynamic value. */
export const planPath = (planning: Planning, node: Node, scope: Scope): Expr => {
  const target = node['Expression'] as Node;
  const selector = node['Selector'] as Node;
  if (planning.kindOf(target) === 'NameReference' && scope.sides !== null && /^\$(left|right)$/.test(nameOf(target))) {
    const side = nameOf(target) === '$left' ? scope.sides.left : scope.sides.right;
    const column = side.find((candidate) => candidate.name === nameOf(selector));
    return column === undefined ? refuse(planning, node, scope, 'this path') : columnRef(column, node, scope);
  }
  const step = planning.kindOf(target) === 'NameReference' ? scope.steps?.get(nameOf(target)) : undefined;
  if (step !== undefined) {
    const column = step.find((candidate) => candidate.name === nameOf(selector));
    return column === undefined ? refuse(planning, node, scope, 'this path') : columnRef(column, node, scope);
  }
  const object = planExpr(planning, target, scope);
  if (planning.kindOf(selector) === 'NameReference') {
    const key: Expr = { kind: 'literal', type: 'string', value: nameOf(selector), span: spanOf(selector, scope) };
    return callOf(node, scope, 'element', [object, key]);
  }
  if (planning.kindOf(selector) === 'BracketedExpression') {
    return callOf(node, scope, 'element', [object, planExpr(planning, selector, scope)]);
  }
  return refuse(planning, node, scope, 'this path');
};
