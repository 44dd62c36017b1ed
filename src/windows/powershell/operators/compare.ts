import { RuntimeFailure } from '../engine/error-record.ts';
import { parseDate } from '../values/parse-date.ts';
import { asNumber, coerceNumber } from '../values/numbers.ts';
import { toBoolean, toText } from '../values/text.ts';
import { Char, DateTime, TimeSpan, TypeValue, type Value } from '../values/value.ts';

const fold = (text: string, caseSensitive: boolean): string => (caseSensitive ? text : text.toLowerCase());

/** The right operand is converted to the left one's type, as `-eq` does: `'1' -eq 1` compares text, `1 -eq '1'` numbers. */
export const areEqual = (left: Value, right: Value, caseSensitive: boolean): boolean => {
  if (left === null || right === null) return left === right;
  if (typeof left === 'string' || left instanceof Char)
    return fold(toText(left), caseSensitive) === fold(toText(right), caseSensitive);
  if (typeof left === 'boolean') return left === toBoolean(right);
  if (left instanceof DateTime) return left.milliseconds === toDate(right)?.milliseconds;
  if (left instanceof TimeSpan) return right instanceof TimeSpan && left.milliseconds === right.milliseconds;
  if (left instanceof TypeValue)
    return right instanceof TypeValue && left.name.toLowerCase() === right.name.toLowerCase();
  const a = asNumber(left);
  if (a === null) return left === right;
  const b = coerceNumber(right);
  // JavaScript compares bigint and number by value.
  return b !== null && (a.value === b.value || Number(a.value) === Number(b.value));
};

const toDate = (value: Value): DateTime | null => (value instanceof DateTime ? value : parseDate(toText(value)));

/** Letters sort by the alphabet before they sort by case. */
const compareText = (left: string, right: string, caseSensitive: boolean): number =>
  left.localeCompare(right, 'en-US', { sensitivity: caseSensitive ? 'variant' : 'accent' });

/** Negative, zero or positive. */
export const compare = (left: Value, right: Value, caseSensitive: boolean): number => {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  if (left instanceof DateTime) return left.milliseconds - (toDate(right)?.milliseconds ?? NaN);
  if (left instanceof TimeSpan && right instanceof TimeSpan) return left.milliseconds - right.milliseconds;
  if (typeof left === 'string' || left instanceof Char) return compareText(toText(left), toText(right), caseSensitive);
  const a = coerceNumber(left);
  const b = coerceNumber(right);
  if (a === null || b === null) {
    throw new RuntimeFailure(
      'ComparisonFailure',
      `Could not compare "${toText(left)}" to "${toText(right)}". Error: "Cannot convert value "${toText(right)}" to type "System.Int32". Error: "Input string was not in a correct format.""`,
    );
  }
  return Number(a.value) - Number(b.value);
};
