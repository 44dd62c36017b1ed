import { assertNever } from '../../../model/assert-never.ts';
import type { ScalarType } from '../../../model/table.ts';
import type { Call, Expr, Literal } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import { isNumeric } from '../../sql/types.ts';
import { patternProblem } from '../../sql/functions/sumo-regex.ts';
import type { BinaryOperator, SumoExpr } from '../syntax/ast.ts';
import { planCall } from './plan-call.ts';
import { planField } from './plan-field.ts';
import type { Flow } from './flow.ts';
import { planSubquery } from './plan-subquery.ts';
import type { Planning } from './planning.ts';

export const call = (fn: string, args: readonly Expr[], type: ScalarType, span: Span): Call => ({
  kind: 'call',
  fn,
  args,
  type,
  span,
});

export const literal = (type: ScalarType, value: Literal['value'], span: Span): Literal => ({
  kind: 'literal',
  type,
  value,
  span,
});

export const nullText = (span: Span): Expr => call('sumo:null', [], 'string', span);

/** A test in the dialect's reading of null. */
export const test = (planning: Planning, name: string, args: readonly Expr[], span: Span): Expr =>
  call(`${planning.dialect.nullComparison === 'false' ? 'sumo' : 'sumo3'}:${name}`, args, 'bool', span);

const parameterPattern = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** Parameters inside a text; `*` where nothing gives them a value. */
export const withParameters = (planning: Planning, text: string): string =>
  text.replaceAll(parameterPattern, (_, name: string) => planning.dialect.parameters[name] ?? '*');

/** The type of an `if` whose branches differ: numbers meet as reals, anything else as text. */
export const commonType = (left: ScalarType, right: ScalarType): ScalarType => {
  if (left === right) return left;
  return isNumeric(left) && isNumeric(right) ? 'real' : 'string';
};

const planMatches = (planning: Planning, node: SumoExpr & { kind: 'binary' }, flow: Flow): Expr => {
  const value = planExpr(planning, node.left, flow);
  if (node.right.kind !== 'regex')
    return test(planning, 'like', [value, planExpr(planning, node.right, flow)], node.span);
  const { pattern, span } = node.right;
  const problem = patternProblem(pattern);
  if (problem !== null) planning.invalid(span, `This regular expression cannot be read: ${problem}`);
  const whole = planning.dialect.regexMatch === 'whole' ? `^(?:${pattern})$` : pattern;
  return test(planning, 'regex', [value, literal('string', whole, span)], node.span);
};

const arithmeticType = (operator: BinaryOperator, left: Expr, right: Expr): ScalarType =>
  operator !== '/' && left.type === 'long' && right.type === 'long' ? 'long' : 'real';

const planBinary = (planning: Planning, node: SumoExpr & { kind: 'binary' }, flow: Flow): Expr => {
  const { operator, span } = node;
  if (operator === 'matches') return planMatches(planning, node, flow);
  if (operator === 'rlike' && node.right.kind === 'text') {
    const right: SumoExpr = { kind: 'regex', pattern: node.right.value, span: node.right.span };
    return planMatches(planning, { ...node, right }, flow);
  }
  const [left, right] = [planExpr(planning, node.left, flow), planExpr(planning, node.right, flow)];
  switch (operator) {
    case 'and':
    case 'or':
      return call(`sumo:${operator}`, [left, right], 'bool', span);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return call(`sumo:${operator}`, [left, right], arithmeticType(operator, left, right), span);
    case 'like': {
      // Backslashes are the pattern's own: `\%` is a percent sign.
      const pattern = node.right.kind === 'text' ? literal('string', node.right.raw, node.right.span) : right;
      return test(planning, 'sql-like', [left, pattern], span);
    }
    case 'rlike':
      if (node.right.kind !== 'null') planning.unsupported(node.right.span, 'a computed regular expression');
      return test(planning, '=', [left, nullText(span)], span);
    default:
      return test(planning, operator, [left, right], span);
  }
};

export const planConditional = (condition: Expr, yes: Expr, no: Expr, span: Span): Expr => {
  const isNull = (expr: Expr): boolean => expr.kind === 'call' && expr.fn === 'sumo:null';
  const type = isNull(yes) ? no.type : isNull(no) ? yes.type : commonType(yes.type, no.type);
  return call('sumo:if', [condition, yes, no], type, span);
};

/** An expression over a flow's fields. What is refused is noted and stands as null. */
export const planExpr = (planning: Planning, node: SumoExpr, flow: Flow): Expr => {
  const { span } = node;
  const planned = (inner: SumoExpr): Expr => planExpr(planning, inner, flow);
  switch (node.kind) {
    case 'text':
      return literal('string', withParameters(planning, node.value), span);
    case 'number':
      return literal(node.real ? 'real' : 'long', node.value, span);
    case 'truth':
      return literal('bool', node.value, span);
    case 'null':
      return nullText(span);
    case 'regex':
      planning.unsupported(span, 'a regular expression here');
      return nullText(span);
    case 'parameter':
      return literal('string', planning.dialect.parameters[node.name] ?? '*', span);
    case 'field':
      return planField(planning, node.name, span, flow);
    case 'call':
      return planCall(planning, node, flow);
    case 'not':
      return call('sumo:not', [planned(node.operand)], 'bool', span);
    case 'negate': {
      const operand = planned(node.operand);
      if (operand.kind === 'literal' && typeof operand.value === 'string' && isNumeric(operand.type))
        return { ...operand, value: `-${operand.value}`, span };
      return call('sumo:negate', [operand], operand.type === 'long' ? 'long' : 'real', span);
    }
    case 'binary':
      return planBinary(planning, node, flow);
    case 'in': {
      if (node.items.some(({ kind }) => kind === 'subquery')) planning.unsupported(span, 'a subquery behind in');
      const items = node.items.filter(({ kind }) => kind !== 'subquery').map(planned);
      const among = test(planning, 'in', [planned(node.value), ...items], span);
      return node.negated ? call('sumo:not', [among], 'bool', span) : among;
    }
    case 'subquery':
      return planSubquery(planning, node, flow, 'expression');
    case 'conditional':
      return planConditional(planned(node.condition), planned(node.yes), planned(node.no), span);
    default:
      return assertNever(node);
  }
};
