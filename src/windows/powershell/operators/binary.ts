import { asList, convert } from '../values/convert.ts';
import { asNumber, coerceNumber, numberOf } from '../values/numbers.ts';
import { toBoolean, toText } from '../values/text.ts';
import { isOfType } from '../values/type-of.ts';
import { Dictionary, TypeValue, type Value } from '../values/value.ts';
import type { BinaryOperator } from '../syntax/operators.ts';
import { RuntimeFailure } from '../engine/error-record.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import { arithmetic } from './arithmetic.ts';
import { areEqual, compare } from './compare.ts';
import { formatComposite } from './format.ts';
import { dotNetRegex, dotNetReplacement, wildcardPattern } from './patterns.ts';
import { splitText } from './split.ts';

export interface OperatorContext {
  readonly caseSensitive: boolean;
  /** `-match` on one value leaves its groups in `$Matches`. */
  readonly setMatches: (groups: Dictionary) => void;
}

/** On a list, a comparison keeps the elements that pass; on one value it is true or false. */
const filtering = (left: Value, test: (item: Value) => boolean): Value =>
  Array.isArray(left) ? left.filter(test) : test(left);

const matchesOf = (match: RegExpExecArray): Dictionary => {
  const numbered = [...match]
    .map((text, index): [Value, Value] => [index, text ?? null])
    .filter(([, text]) => text !== null);
  const named = Object.entries(match.groups ?? {}).map(([name, text]): [Value, Value] => [name, text ?? '']);
  return new Dictionary(false, [...named, ...numbered]);
};

const match = (left: Value, right: Value, wanted: boolean, context: OperatorContext): Value => {
  const regex = dotNetRegex(toText(right), context.caseSensitive);
  if (Array.isArray(left)) return left.filter((item) => regex.test(toText(item)) === wanted);
  const found = regex.exec(toText(left));
  if (found !== null) context.setMatches(matchesOf(found));
  return (found !== null) === wanted;
};

const replace = (left: Value, right: Value, caseSensitive: boolean): Value => {
  const [pattern = null, replacement = null] = asList(right);
  const regex = dotNetRegex(toText(pattern), caseSensitive, 'g');
  const one = (item: Value): string => toText(item).replace(regex, dotNetReplacement(toText(replacement)));
  return Array.isArray(left) ? left.map(one) : one(left);
};

const rangeEnd = (value: Value): number => {
  const number = coerceNumber(value);
  if (number === null)
    throw new RuntimeFailure(
      'InvalidCastFromStringToInteger',
      `Cannot convert value "${toText(value)}" to type "System.Int32".`,
    );
  return Number(numberOf('int', number.value) ?? 0);
};

const range = (left: Value, right: Value): Value => {
  const [from, to] = [rangeEnd(left), rangeEnd(right)];
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => from + (to < from ? -index : index));
};

const bitwise = (operator: 'band' | 'bor' | 'bxor' | 'shl' | 'shr', left: Value, right: Value): Value => {
  const [a, b] = [coerceNumber(left), coerceNumber(right)];
  if (a === null || b === null)
    throw new RuntimeFailure(
      'InvalidCast',
      `Cannot convert value "${toText(a === null ? left : right)}" to type "System.Int32".`,
    );
  const [x, y] = [BigInt(a.value), BigInt(b.value)];
  const long = a.type === 'long' || b.type === 'long' || a.type === 'uint32';
  const fit = (value: bigint): Value => (long ? BigInt.asIntN(64, value) : Number(BigInt.asIntN(32, value)));
  switch (operator) {
    case 'band':
      return fit(x & y);
    case 'bor':
      return fit(x | y);
    case 'bxor':
      return fit(x ^ y);
    case 'shl':
      return fit(x << (y & (long ? 63n : 31n)));
    case 'shr':
      return fit(x >> (y & (long ? 63n : 31n)));
  }
};

const typeNameOfOperand = (value: Value): string => (value instanceof TypeValue ? value.name : toText(value));

const convertOrNull = (value: Value, type: string): Value => {
  try {
    return convert(value, type);
  } catch (error) {
    if (error instanceof RuntimeFailure) return null;
    throw error;
  }
};

/** Applies an operator whose operands are both known; `-and` and `-or` are the evaluator's. */
export const applyBinary = (operator: BinaryOperator, left: Value, right: Value, context: OperatorContext): Value => {
  const { caseSensitive } = context;
  const equal = (a: Value, b: Value): boolean => areEqual(a, b, caseSensitive);
  const ordered = (test: (order: number) => boolean): Value =>
    filtering(left, (item) => test(compare(item, right, caseSensitive)));
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(operator, left, right);
    case '..':
      return range(left, right);
    case 'f':
      return formatComposite(toText(left), asList(right === null ? [null] : right));
    case 'eq':
      return filtering(left, (item) => equal(item, right));
    case 'ne':
      return filtering(left, (item) => !equal(item, right));
    case 'gt':
      return ordered((order) => order > 0);
    case 'ge':
      return ordered((order) => order >= 0);
    case 'lt':
      return ordered((order) => order < 0);
    case 'le':
      return ordered((order) => order <= 0);
    case 'like':
    case 'notlike': {
      const pattern = wildcardPattern(toText(right), caseSensitive);
      return filtering(left, (item) => pattern.test(toText(item)) === (operator === 'like'));
    }
    case 'match':
    case 'notmatch':
      return match(left, right, operator === 'match', context);
    case 'replace':
      return replace(left, right, caseSensitive);
    case 'contains':
      return asList(left).some((item) => equal(item, right));
    case 'notcontains':
      return !asList(left).some((item) => equal(item, right));
    case 'in':
      return asList(right).some((item) => equal(item, left));
    case 'notin':
      return !asList(right).some((item) => equal(item, left));
    case 'split':
      return splitText(left, asList(right), caseSensitive);
    case 'join':
      return asList(left).map(toText).join(toText(right));
    case 'is':
      return isOfType(left, typeNameOfOperand(right));
    case 'isnot':
      return !isOfType(left, typeNameOfOperand(right));
    case 'as':
      return convertOrNull(left, typeNameOfOperand(right));
    case 'band':
    case 'bor':
    case 'bxor':
    case 'shl':
    case 'shr':
      return bitwise(operator, left, right);
    case 'xor':
      return toBoolean(left) !== toBoolean(right);
    case 'and':
    case 'or':
      throw new NotImplemented(`-${operator} of values`);
  }
};

/** `-5`, `+'3'`, `-bnot 1`. */
export const applySign = (operator: '+' | '-' | 'bnot', value: Value): Value => {
  if (operator !== 'bnot') return arithmetic(operator, 0, value);
  const number = asNumber(value) ?? coerceNumber(value);
  if (number === null)
    throw new RuntimeFailure('InvalidCast', `Cannot convert value "${toText(value)}" to type "System.Int32".`);
  return numberOf(number.type === 'long' ? 'long' : 'int', ~BigInt(number.value));
};
