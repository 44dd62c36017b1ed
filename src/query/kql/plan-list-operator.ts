import type { Expr, Literal } from '../plan/expr.ts';
import { isArray, parseDynamic, printDynamic, type Dynamic } from '../values/dynamic.ts';
import { callOf, planExpr } from './plan-expr.ts';
import { planTable } from './plan-table.ts';
import { elementsOf, type Node } from './kusto.ts';
import type { Planning } from './planning.ts';
import { spanOf, type Scope } from './scope.ts';

/** `in`, `has_any` and their kin: a list of values and arrays, or one column of a table. */
export const planListOperator = (planning: Planning, node: Node, scope: Scope, fn: string): Expr => {
  const value = planExpr(planning, node['Left'] as Node, scope);
  const list = node['Right'] as Node;
  const items = planning.kindOf(list) === 'ExpressionList' ? elementsOf(list['Expressions']) : [list];
  const [only] = items;
  if (items.length === 1 && only?.ResultType?.Columns !== undefined) {
    const stage = planTable(planning, only, { ...scope, row: [], sides: null });
    const [column] = stage.output;
    if (column !== undefined) {
      return { kind: 'in-table', fn, value, stage: stage.id, column, type: 'bool', span: spanOf(node, scope) };
    }
  }
  const planned = items.flatMap((item) => flattened(planExpr(planning, item, scope)));
  return callOf(node, scope, fn, [value, ...planned]);
};

/** An array written in the query is the list of its elements. */
const flattened = (expr: Expr): readonly Expr[] => {
  if (expr.kind !== 'literal' || expr.type !== 'dynamic' || typeof expr.value !== 'string') return [expr];
  const value = parseDynamic(expr.value);
  return value !== undefined && isArray(value) ? value.map((item) => elementLiteral(item, expr)) : [expr];
};

const elementLiteral = (value: Dynamic, { span }: Literal): Literal => {
  switch (typeof value) {
    case 'string':
      return { kind: 'literal', type: 'string', value, span };
    case 'bigint':
      return { kind: 'literal', type: 'long', value: value.toString(), span };
    case 'number':
      return { kind: 'literal', type: 'real', value: String(value), span };
    case 'boolean':
      return { kind: 'literal', type: 'bool', value, span };
    default:
      return { kind: 'literal', type: 'dynamic', value: value === null ? null : printDynamic(value), span };
  }
};
