import { RuntimeFailure } from '../engine/error-record.ts';
import { asList } from '../values/convert.ts';
import { asNumber, coerceNumber, numberOf, widen, type AnyNumericType, type TypedNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { typeNameOf } from '../values/type-of.ts';
import { Char, DateTime, Dictionary, double, TimeSpan, type Value } from '../values/value.ts';

type Operator = '+' | '-' | '*' | '/' | '%';

const methodNames: Readonly<Record<Operator, string>> = {
  '+': 'op_Addition',
  '-': 'op_Subtraction',
  '*': 'op_Multiply',
  '/': 'op_Division',
  '%': 'op_Modulus',
};

const impossible = (operator: Operator, left: Value): never => {
  const type = left === null ? 'null' : typeNameOf(left);
  throw new RuntimeFailure(
    'MethodNotFound',
    `Method invocation failed because [${type}] does not contain a method named '${methodNames[operator]}'.`,
    {
      target: { text: methodNames[operator], type: 'String' },
    },
  );
};

const operand = (value: Value): TypedNumber => {
  const number = coerceNumber(value);
  if (number !== null) return number;
  throw new RuntimeFailure(
    'InvalidCastFromStringToInteger',
    `Cannot convert value "${toText(value)}" to type "System.Int32". Error: "Input string was not in a correct format."`,
    {
      category: 'InvalidArgument',
    },
  );
};

const order: readonly AnyNumericType[] = ['int', 'long', 'uint64', 'decimal', 'single', 'double'];

/** Both operands are computed in the wider of their types; nothing is narrower than Int32. */
const commonType = (left: AnyNumericType, right: AnyNumericType): AnyNumericType => {
  const rank = (type: AnyNumericType): number => (type === 'uint32' ? 1 : Math.max(0, order.indexOf(type)));
  return order[Math.max(rank(left), rank(right))] ?? 'double';
};

const divideByZero = (): never => {
  throw new RuntimeFailure('RuntimeException', 'Attempted to divide by zero.', { category: 'NotSpecified' });
};

const onReals: Readonly<Record<Operator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

const onIntegers = (operator: Operator, type: AnyNumericType, a: bigint, b: bigint): Value => {
  switch (operator) {
    case '+':
      return widen(type, a + b);
    case '-':
      return widen(type, a - b);
    case '*':
      return widen(type, a * b);
    case '/':
      if (b === 0n) return divideByZero();
      // A division that leaves a rest gives a Double.
      return a % b === 0n ? widen(type, a / b) : double(Number(a) / Number(b));
    case '%':
      return b === 0n ? divideByZero() : widen(type, a % b);
  }
};

const numeric = (operator: Operator, left: Value, right: Value): Value => {
  const a = operand(left);
  const b = operand(right);
  const type = commonType(a.type, b.type);
  if (type === 'int' || type === 'long' || type === 'uint64')
    return onIntegers(operator, type, BigInt(a.value), BigInt(b.value));
  if (type === 'decimal' && (operator === '/' || operator === '%') && Number(b.value) === 0) return divideByZero();
  return numberOf(type, onReals[operator](Number(a.value), Number(b.value)));
};

const add = (left: Value, right: Value): Value => {
  if (left === null) return right;
  if (typeof left === 'string' || left instanceof Char) return toText(left) + toText(right);
  if (Array.isArray(left) || left instanceof Uint8Array)
    return [...asList(left), ...asList(right === null ? [null] : right)];
  if (left instanceof Dictionary) {
    return right instanceof Dictionary
      ? new Dictionary(left.ordered, [...left.entries(), ...right.entries()])
      : impossible('+', left);
  }
  if (left instanceof DateTime && right instanceof TimeSpan)
    return new DateTime(left.milliseconds + right.milliseconds, left.kind);
  if (left instanceof TimeSpan && right instanceof TimeSpan)
    return new TimeSpan(left.milliseconds + right.milliseconds);
  return asNumber(left) === null && typeof left !== 'boolean' ? impossible('+', left) : numeric('+', left, right);
};

const subtract = (left: Value, right: Value): Value => {
  if (left instanceof DateTime && right instanceof DateTime)
    return new TimeSpan(left.milliseconds - right.milliseconds);
  if (left instanceof DateTime && right instanceof TimeSpan)
    return new DateTime(left.milliseconds - right.milliseconds, left.kind);
  if (left instanceof TimeSpan && right instanceof TimeSpan)
    return new TimeSpan(left.milliseconds - right.milliseconds);
  return coerceNumber(left) === null && typeof left !== 'string' ? impossible('-', left) : numeric('-', left, right);
};

const multiply = (left: Value, right: Value): Value => {
  if (typeof left === 'string') return left.repeat(Number(operand(right).value));
  if (Array.isArray(left)) return Array.from({ length: Number(operand(right).value) }, () => left).flat();
  return coerceNumber(left) === null ? impossible('*', left) : numeric('*', left, right);
};

export const arithmetic = (operator: Operator, left: Value, right: Value): Value => {
  switch (operator) {
    case '+':
      return add(left, right);
    case '-':
      return subtract(left, right);
    case '*':
      return multiply(left, right);
    case '/':
    case '%':
      return coerceNumber(left) === null && typeof left !== 'string'
        ? impossible(operator, left)
        : numeric(operator, left, right);
  }
};
