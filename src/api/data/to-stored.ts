import { assertNever } from '../../model/assert-never.ts';
import type { ScalarType } from '../../model/table.ts';
import { isArray, isBag, parseDynamic, printDynamic, type Dynamic } from '../../query/values/dynamic.ts';
import { parseDatetime } from '../../query/values/parse-datetime.ts';
import { parseTimespan } from '../../query/values/parse-timespan.ts';

/** A cell as the database holds it: datetimes and timespans as ticks, dynamic as canonical JSON text. */
export type Stored = null | boolean | bigint | number | string;

const longLimit = 1n << 63n;
const intLimit = 1n << 31n;
const guidText = /^[{(]?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})[)}]?$/i;
const reals: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
};

/** A value as a column of the given type holds it; undefined when it is no value of that type. An empty text is null but in text. */
export const toStored = (value: Dynamic, type: ScalarType): Stored | undefined => {
  if (value === null) return null;
  if (value === '' && type !== 'string') return null;
  switch (type) {
    case 'string':
      return toText(value);
    case 'long':
      return toInteger(value, longLimit);
    case 'int': {
      const integer = toInteger(value, intLimit);
      return integer === undefined ? undefined : Number(integer);
    }
    case 'real':
      return toReal(value);
    case 'decimal': {
      const text = typeof value === 'string' ? value.trim() : toText(value);
      return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? text : undefined;
    }
    case 'bool':
      return toBool(value);
    case 'datetime':
      return typeof value === 'string' ? (parseDatetime(value) ?? undefined) : undefined;
    case 'timespan':
      return typeof value === 'string' ? (parseTimespan(value) ?? undefined) : undefined;
    case 'guid': {
      const match = typeof value === 'string' ? guidText.exec(value.trim()) : null;
      return match === null ? undefined : match.slice(1).join('-').toLowerCase();
    }
    case 'dynamic':
      return printDynamic(unpacked(value));
    default:
      return assertNever(type);
  }
};

// A lone surrogate is no text of UTF-8.
const toText = (value: Exclude<Dynamic, null>): string => {
  if (typeof value === 'string') return value.toWellFormed();
  return isArray(value) || isBag(value) ? printDynamic(value).toWellFormed() : String(value);
};

const toInteger = (value: Dynamic, limit: bigint): bigint | undefined => {
  const integer =
    typeof value === 'bigint'
      ? value
      : typeof value === 'number' && Number.isInteger(value)
        ? BigInt(value)
        : typeof value === 'string' && /^\s*-?\d{1,40}\s*$/.test(value)
          ? BigInt(value.trim())
          : undefined;
  return integer === undefined || integer < -limit || integer >= limit ? undefined : integer;
};

const toReal = (value: Dynamic): number | undefined => {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim().toLowerCase();
  if (Object.hasOwn(reals, text)) return reals[text];
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text) ? Number(text) : undefined;
};

const toBool = (value: Dynamic): boolean | undefined => {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'bigint' || typeof value === 'string' ? String(value).trim().toLowerCase() : '';
  return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined;
};

/** Products export objects as their JSON text: what is the text of an object or a list is that object or list. */
const unpacked = (value: Dynamic): Dynamic =>
  typeof value === 'string' && /^\s*[[{]/.test(value) ? (parseDynamic(value) ?? value) : value;
