import type { ScalarType } from '../../model/table.ts';
import { isArray, isBag, type Dynamic } from '../../query/values/dynamic.ts';
import { parseDatetime } from '../../query/values/parse-datetime.ts';

/** What is known of a column so far; null while it held nothing but null. */
export type Inferred = ScalarType | null;

// A date alone, or a number that could be read as one, stays what it is: only a full moment is taken for a datetime.
const moment = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;
// Leading zeros belong to codes, not to numbers.
const integerText = /^-?(0|[1-9]\d{0,17})$/;
const realText = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

const typeOfString = (text: string, isText: boolean): ScalarType => {
  if (moment.test(text) && parseDatetime(text) !== null) return 'datetime';
  if (!isText) return 'string';
  if (integerText.test(text)) return 'long';
  if (realText.test(text)) return 'real';
  return /^(true|false)$/i.test(text) ? 'bool' : 'string';
};

const typeOf = (value: Dynamic, isText: boolean): Inferred => {
  if (value === null) return null;
  if (isArray(value) || isBag(value)) return 'dynamic';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'long';
    case 'number':
      return 'real';
    default:
      return isText && value === '' ? null : typeOfString(value, isText);
  }
};

/** The narrowest type that holds both: numbers meet in real, an object makes all dynamic, the rest meets in string. */
const join = (a: ScalarType, b: ScalarType): ScalarType => {
  if (a === b) return a;
  if (a === 'dynamic' || b === 'dynamic') return 'dynamic';
  const isNumber = (type: ScalarType): boolean => type === 'long' || type === 'real';
  return isNumber(a) && isNumber(b) ? 'real' : 'string';
};

/** What is known of a column after one more value. `isText`: all values are text (CSV), and an empty one says nothing. */
export const inferType = (known: Inferred, value: Dynamic, isText: boolean): Inferred => {
  const type = typeOf(value, isText);
  return known === null ? type : type === null ? known : join(known, type);
};

/** A column that held nothing is text, as most columns are. */
export const settled = (type: Inferred): ScalarType => type ?? 'string';
