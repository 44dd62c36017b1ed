import { assertNever } from '../../../model/assert-never.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import { applyBinary, applySign } from '../operators/binary.ts';
import { splitAtBlanks } from '../operators/split.ts';
import type { Binary, Expression, NumberLiteral, Unary } from '../syntax/expression-ast.ts';
import { asList, convert } from '../values/convert.ts';
import { numberOf } from '../values/numbers.ts';
import { toBoolean, toText } from '../values/text.ts';
import { fullTypeName } from '../values/type-of.ts';
import { Dictionary, Numeric, ScriptBlockValue, TypeValue, type Value } from '../values/value.ts';
import { stepBy } from './assignments.ts';
import { callMember, readIndex, readMember } from './members.ts';
import { noResult } from './results.ts';
import type { Frame } from './session.ts';
import { resultsOf, valueOf } from './statements.ts';
import { readVariable } from './variables.ts';
import { fromResults } from './results.ts';

const numberValue = ({ type, value }: NumberLiteral): Value =>
  type === 'int' || type === 'long' ? numberOf(type, value) : new Numeric(type, Number(value));

const evaluateAll = async (expressions: readonly Expression[], frame: Frame): Promise<Value[]> => {
  const values: Value[] = [];
  for (const expression of expressions) values.push(plain(await evaluate(expression, frame)));
  return values;
};

/** Where a value is needed, no result is `$null`. */
export const plain = (value: Value): Value => (value === noResult ? null : value);

const evaluateUnary = async ({ operator, operand }: Unary, frame: Frame): Promise<Value> => {
  switch (operator) {
    case '++x':
    case '--x':
    case 'x++':
    case 'x--':
      return stepBy(operand, operator.includes('+') ? 1 : -1, frame, operator.startsWith('x'));
    case 'not':
      return !toBoolean(await evaluate(operand, frame));
    case ',':
      return [await evaluate(operand, frame)];
    case 'split':
    case 'csplit':
      return splitAtBlanks(await evaluate(operand, frame));
    case 'join':
      return asList(await evaluate(operand, frame))
        .map(toText)
        .join('');
    case '+':
    case '-':
    case 'bnot':
      return applySign(operator, await evaluate(operand, frame));
    default:
      return assertNever(operator);
  }
};

const evaluateBinary = async ({ operator, left, right, caseSensitive }: Binary, frame: Frame): Promise<Value> => {
  const first = plain(await evaluate(left, frame));
  if (operator === 'and' || operator === 'or') {
    const decided = toBoolean(first) === (operator === 'or');
    return decided ? operator === 'or' : toBoolean(await evaluate(right, frame));
  }
  const second = plain(await evaluate(right, frame));
  return applyBinary(operator, first, second, {
    caseSensitive,
    setMatches: (groups) => frame.scope.set('Matches', groups),
  });
};

const interpolate = async (parts: readonly (string | Expression)[], frame: Frame): Promise<string> => {
  let text = '';
  for (const part of parts) text += typeof part === 'string' ? part : toText(await evaluate(part, frame));
  return text;
};

const evaluateHashtable = async (
  expression: Extract<Expression, { kind: 'hashtable' }>,
  frame: Frame,
): Promise<Dictionary> => {
  const table = new Dictionary(false);
  for (const { key, value } of expression.entries)
    table.set(await evaluate(key, frame), plain(await valueOf(value, frame)));
  return table;
};

export const evaluate = async (expression: Expression, frame: Frame): Promise<Value> => {
  switch (expression.kind) {
    case 'number':
      return numberValue(expression);
    case 'string':
      return expression.value;
    case 'expandable':
      return interpolate(expression.parts, frame);
    case 'variable':
      return readVariable(expression, frame);
    case 'array':
      return evaluateAll(expression.elements, frame);
    case 'array-expression':
      return resultsOf(expression.body, frame);
    case 'sub-expression':
      return fromResults(await resultsOf(expression.body, frame));
    case 'paren':
      return evaluateParen(expression, frame);
    case 'hashtable':
      return evaluateHashtable(expression, frame);
    case 'script-block-expression':
      return new ScriptBlockValue(expression.block, frame.script);
    case 'type':
      return new TypeValue(fullTypeName(expression.name));
    case 'cast':
      return convert(plain(await evaluate(expression.operand, frame)), expression.type);
    case 'member':
      return readMember(expression, frame);
    case 'invoke':
      return callMember(expression, frame);
    case 'index':
      return readIndex(expression, frame);
    case 'unary':
      return evaluateUnary(expression, frame);
    case 'binary':
      return evaluateBinary(expression, frame);
    default:
      return assertNever(expression);
  }
};

/** An assignment or a step in parentheses gives its value; a pipeline, its results. */
const evaluateParen = async ({ statement }: Extract<Expression, { kind: 'paren' }>, frame: Frame): Promise<Value> => {
  if (statement.kind !== 'assignment') return valueOf(statement, frame);
  await valueOf(statement, frame);
  if (statement.target.kind !== 'variable')
    throw new NotImplemented('the value of an assignment to more than a variable');
  return readVariable(statement.target, frame);
};
