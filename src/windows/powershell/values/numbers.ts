import { Char, double, Numeric, PsObject, type NumericType, type Value } from './value.ts';

export type AnyNumericType = NumericType | 'int' | 'long';

/** A number and its type, whichever way it is kept. */
export interface TypedNumber {
  readonly type: AnyNumericType;
  readonly value: number | bigint;
}

export const asNumber = (value: Value): TypedNumber | null => {
  if (typeof value === 'number') return { type: 'int', value };
  if (typeof value === 'bigint') return { type: 'long', value };
  if (value instanceof Numeric) return { type: value.type, value: value.value };
  return null;
};

const ranges: Readonly<Record<Exclude<AnyNumericType, 'double' | 'single' | 'decimal'>, readonly [bigint, bigint]>> = {
  byte: [0n, 255n],
  sbyte: [-128n, 127n],
  int16: [-32768n, 32767n],
  uint16: [0n, 65535n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

const isIntegral = (type: AnyNumericType): type is keyof typeof ranges => type in ranges;

/** .NET rounds halves to the even neighbour. */
export const roundHalfEven = (value: number): number => {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
};

/** Keeps a number as the given type; null when it does not fit. */
export const numberOf = (type: AnyNumericType, value: number | bigint): Value => {
  if (!isIntegral(type)) return new Numeric(type, Number(value));
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  const whole = typeof value === 'bigint' ? value : BigInt(roundHalfEven(value));
  const [least, most] = ranges[type];
  if (whole < least || whole > most) return null;
  if (type === 'int') return Number(whole);
  return type === 'long' ? whole : new Numeric(type, Number(whole));
};

const text = /^\s*(?:([+-]?)0x([0-9a-f]+)|([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:e[+-]?\d+)?))\s*$/i;

/** Reads text as a number in the type its form calls for; null when it is none. An empty text is 0. */
export const parseNumber = (from: string): TypedNumber | null => {
  if (from.trim() === '') return { type: 'int', value: 0 };
  const match = text.exec(from);
  if (match === null) return null;
  if (match[2] !== undefined) {
    const value = BigInt(`0x${match[2]}`);
    return fitInteger(match[1] === '-' ? -value : BigInt.asIntN(match[2].length <= 8 ? 32 : 64, value));
  }
  const digits = (match[3] ?? '').replaceAll(',', '');
  if (digits === '' || digits === '.' || !/\d/.test(digits)) return null;
  return /[.e]/i.test(digits) ? { type: 'double', value: Number(digits) } : fitInteger(BigInt(digits));
};

const fitInteger = (value: bigint): TypedNumber => {
  if (BigInt.asIntN(32, value) === value) return { type: 'int', value: Number(value) };
  if (BigInt.asIntN(64, value) === value) return { type: 'long', value };
  return { type: 'double', value: Number(value) };
};

/** A number, or text or another scalar that stands for one; null otherwise. */
export const coerceNumber = (value: Value): TypedNumber | null => {
  if (value === null) return { type: 'int', value: 0 };
  if (typeof value === 'boolean') return { type: 'int', value: value ? 1 : 0 };
  if (value instanceof Char) return { type: 'int', value: value.text.charCodeAt(0) };
  // A member of an enumeration.
  if (value instanceof PsObject && value.properties.has('value__')) return coerceNumber(value.get('value__'));
  return typeof value === 'string' ? parseNumber(value) : asNumber(value);
};

/** A result that grew out of its type becomes a Double: Int32 does not widen to Int64. */
export const widen = (type: AnyNumericType, value: bigint): Value => numberOf(type, value) ?? double(Number(value));

/** Double and Decimal as .NET Framework prints them: 15 digits, an exponent from 1E+15 on. */
export const formatNumber = ({ type, value }: TypedNumber): string => {
  if (typeof value === 'bigint' || (Number.isInteger(value) && Math.abs(value) < 1e15)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  const digits = Number(value.toPrecision(type === 'single' ? 7 : 15));
  if (type === 'decimal') return String(digits);
  const size = Math.abs(digits);
  if (size >= 1e15 || size < 1e-4) {
    return digits
      .toExponential()
      .toUpperCase()
      .replace(/E([+-])(\d)$/, 'E$10$2');
  }
  return String(digits);
};
