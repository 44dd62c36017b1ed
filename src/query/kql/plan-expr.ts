import type { Call, Expr, Literal } from '../plan/expr.ts';
import { planCall } from './plan-call.ts';
import { planListOperator } from './plan-list-operator.ts';
import { planDynamicLiteral, planLiteral } from './plan-literal.ts';
import { planName, planPath } from './plan-name.ts';
import { planTable } from './plan-table.ts';
import { binaryOperators, listOperators } from './operators-by-kind.ts';
import { scalarTypeOf, type Node } from './kusto.ts';
import type { Planning } from './planning.ts';
import { spanOf, type Scope } from './scope.ts';

/** A bound scalar expression as the plan's. What is not supported is noted and stands as a typed null. */
export const planExpr = (planning: Planning, node: Node, scope: Scope): Expr => {
  const kind = planning.kindOf(node);
  const child = (name: string): Expr => planExpr(planning, node[name] as Node, scope);
  const operator = binaryOperators[kind];
  if (operator !== undefined) return planBinary(planning, node, scope, operator);
  const listOperator = listOperators[kind];
  if (listOperator !== undefined) return planListOperator(planning, node, scope, listOperator);
  switch (kind) {
    case 'ParenthesizedExpression':
      return child('Expression');
    case 'DynamicExpression':
      return planDynamicLiteral(planning, node, scope);
    case 'NameReference':
      return planName(planning, node, scope);
    case 'PathExpression':
      return planPath(planning, node, scope);
    case 'ElementExpression':
      return callOf(node, scope, 'element', [
        child('Expression'),
        planExpr(planning, (node['Selector'] as Node)['Expression'] as Node, scope),
      ]);
    case 'BracketedExpression':
    case 'UnaryPlusExpression':
      return child('Expression');
    case 'UnaryMinusExpression': {
      const value = child('Expression');
      if (!negatable.has(value.type)) planning.invalid(spanOf(node, scope), `There is no negative of a ${value.type}.`);
      return negate(callOf(node, scope, 'negate', [value]));
    }
    case 'BetweenExpression':
      return planBetween(planning, node, scope, 'between');
    case 'NotBetweenExpression':
      return planBetween(planning, node, scope, '!between');
    case 'FunctionCallExpression':
      return planCall(planning, node, scope);
    case 'ToScalarExpression':
      return planToScalar(planning, node, scope);
    case 'SimpleNamedExpression':
      return child('Expression');
    case 'TypeOfLiteralExpression':
      return { kind: 'literal', type: 'string', value: typeOfText(planning, node, scope), span: spanOf(node, scope) };
    default:
      return kind.endsWith('LiteralExpression')
        ? planLiteral(planning, node, scope)
        : refuse(planning, node, scope, kind);
  }
};

const planBinary = (planning: Planning, node: Node, scope: Scope, operator: string): Expr => {
  const [left, right] = [node['Left'] as Node, node['Right'] as Node];
  if (planning.kindOf(left) === 'StarExpression') {
    // `* has "x"`: any column.
    const value = planExpr(planning, right, scope);
    const tests = scope.row.map((column): Expr =>
      callOf(node, scope, operator, [
        { kind: 'column', id: column.id, type: column.type, span: spanOf(left, scope) },
        value,
      ]),
    );
    // What must not be found must be found in none.
    return callOf(node, scope, operator.startsWith('!') ? 'and' : 'or', tests);
  }
  const args = [planExpr(planning, left, scope), planExpr(planning, right, scope)];
  if (comparisons.has(operator) && args.every(({ type }) => type === 'dynamic')) {
    planning.invalid(spanOf(node, scope), 'Dynamic values cannot be compared with each other: convert one of them.');
  }
  const call = callOf(node, scope, operator, args);
  // The binder only warns, and knows no type for what comes of it.
  if (arithmetic.has(operator) && call.type === 'dynamic' && !args.some(({ type }) => type === 'dynamic')) {
    const [first, second] = args;
    planning.invalid(call.span, `The operator ${operator} does not take a ${first?.type} and a ${second?.type}.`);
  }
  return call;
};

const negatable: ReadonlySet<string> = new Set(['int', 'long', 'real', 'decimal', 'timespan', 'dynamic', 'bool']);

const arithmetic: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

export const callOf = (node: Node, scope: Scope, fn: string, args: readonly Expr[]): Call => ({
  kind: 'call',
  fn,
  args,
  type: scalarTypeOf(node.ResultType),
  span: spanOf(node, scope),
});

/** Notes what is not supported; its typed null lets planning go on. */
export const refuse = (planning: Planning, node: Node, scope: Scope, construct: string): Literal => {
  const span = spanOf(node, scope);
  planning.unsupported(span, construct);
  return { kind: 'literal', type: scalarTypeOf(node.ResultType), value: null, span };
};

/** `-5` is the literal it looks like. */
const negate = (call: Call): Expr => {
  const [operand] = call.args;
  if (operand?.kind !== 'literal' || typeof operand.value !== 'string') return call;
  switch (operand.type) {
    case 'long':
    case 'timespan':
      return { ...operand, value: BigInt.asIntN(64, -BigInt(operand.value)).toString(), span: call.span };
    case 'int':
      return { ...operand, value: BigInt.asIntN(32, -BigInt(operand.value)).toString(), span: call.span };
    case 'real':
      return { ...operand, value: negatedText(operand.value), span: call.span };
    default:
      return call;
  }
};

const negatedText = (value: string): string => {
  if (value === 'NaN') return value;
  return value.startsWith('-') ? value.slice(1) : `-${value}`;
};

const planBetween = (planning: Planning, node: Node, scope: Scope, fn: string): Expr => {
  const couple = node['Right'] as Node;
  const value = planExpr(planning, node['Left'] as Node, scope);
  const low = planExpr(planning, couple['First'] as Node, scope);
  const high = planExpr(planning, couple['Second'] as Node, scope);
  // `between (start .. 1h)` means until an hour after the start.
  const until: Expr =
    low.type === 'datetime' && high.type === 'timespan'
      ? { kind: 'call', fn: '+', args: [low, high], type: 'datetime', span: high.span }
      : high;
  return callOf(node, scope, fn, [value, low, until]);
};

const planToScalar = (planning: Planning, node: Node, scope: Scope): Expr => {
  const inner = node['Expression'] as Node;
  if (inner.ResultType?.Columns === undefined) return planExpr(planning, inner, scope);
  const stage = planTable(planning, inner, { ...scope, row: [], sides: null });
  const [first] = stage.output;
  if (first === undefined) return refuse(planning, node, scope, 'toscalar of a table without columns');
  return { kind: 'subquery', stage: stage.id, column: first.id, type: first.type, span: spanOf(node, scope) };
};

const typeOfText = (planning: Planning, node: Node, scope: Scope): string =>
  planning
    .textOf(node, scope)
    .replace(/^typeof\s*\(\s*/, '')
    .replace(/\s*\)$/, '');
