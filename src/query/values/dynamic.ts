import { assertNever } from '../../model/assert-never.ts';

/**
 * A dynamic value. Integers are bigint and reals are number, since the service keeps `1` and `1.0` apart; the text form is
 * JSON without blanks, reals always with a fraction or an exponent, so that equal values have equal text.
 */
export type Dynamic = null | boolean | bigint | number | string | readonly Dynamic[] | DynamicBag;

/** A map, since an object would reorder keys that look like numbers, and keys come from hostile text (`__proto__`). */
export type DynamicBag = ReadonlyMap<string, Dynamic>;

export const isBag = (value: Dynamic): value is DynamicBag => value instanceof Map;

export const isArray = (value: Dynamic): value is readonly Dynamic[] => Array.isArray(value);

interface Cursor {
  readonly text: string;
  at: number;
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

const skipBlanks = (cursor: Cursor): void => {
  while (cursor.at < cursor.text.length && isBlank(cursor.text.charCodeAt(cursor.at))) cursor.at++;
};

const numberPattern = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;

/** Longer integers are reals, as in the service. */
const maxLong = 9_223_372_036_854_775_807n;

const parseNumber = (cursor: Cursor): Dynamic | undefined => {
  numberPattern.lastIndex = cursor.at;
  const match = numberPattern.exec(cursor.text);
  if (match === null) return undefined;
  cursor.at = numberPattern.lastIndex;
  if (match[1] !== undefined || match[2] !== undefined) return Number(match[0]);
  const integer = BigInt(match[0]);
  return integer > maxLong || integer < -maxLong - 1n ? Number(match[0]) : integer;
};

const stringPattern = /"(?:[^"\\]|\\.)*"/sy;

const parseString = (cursor: Cursor): string | undefined => {
  stringPattern.lastIndex = cursor.at;
  const match = stringPattern.exec(cursor.text);
  if (match === null) return undefined;
  cursor.at = stringPattern.lastIndex;
  if (!match[0].includes('\\') && !/[\u0000-\u001f]/.test(match[0])) return match[0].slice(1, -1);
  try {
    return JSON.parse(
      match[0].replace(/[\u0000-\u001f]/g, (control) => JSON.stringify(control).slice(1, -1)),
    ) as string;
  } catch {
    return undefined;
  }
};

const words: readonly (readonly [string, Dynamic])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];

const parseWord = (cursor: Cursor): Dynamic | undefined => {
  for (const [word, value] of words) {
    if (cursor.text.startsWith(word, cursor.at)) {
      cursor.at += word.length;
      return value;
    }
  }
  return undefined;
};

/** Hostile input nests deeply; the service gives up too. */
const maxDepth = 200;

const parseArray = (cursor: Cursor, depth: number): Dynamic | undefined => {
  const items: Dynamic[] = [];
  cursor.at++;
  skipBlanks(cursor);
  if (cursor.text[cursor.at] === ']') {
    cursor.at++;
    return items;
  }
  for (;;) {
    const item = parseValue(cursor, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
    skipBlanks(cursor);
    const next = cursor.text[cursor.at++];
    if (next === ']') return items;
    if (next !== ',') return undefined;
  }
};

const parseBag = (cursor: Cursor, depth: number): Dynamic | undefined => {
  const bag = new Map<string, Dynamic>();
  cursor.at++;
  skipBlanks(cursor);
  if (cursor.text[cursor.at] === '}') {
    cursor.at++;
    return bag;
  }
  for (;;) {
    skipBlanks(cursor);
    const key = parseString(cursor);
    skipBlanks(cursor);
    if (key === undefined || cursor.text[cursor.at++] !== ':') return undefined;
    const value = parseValue(cursor, depth + 1);
    if (value === undefined) return undefined;
    bag.set(key, value);
    skipBlanks(cursor);
    const next = cursor.text[cursor.at++];
    if (next === '}') return bag;
    if (next !== ',') return undefined;
  }
};

const parseValue = (cursor: Cursor, depth: number): Dynamic | undefined => {
  if (depth > maxDepth) return undefined;
  skipBlanks(cursor);
  switch (cursor.text[cursor.at]) {
    case '{':
      return parseBag(cursor, depth);
    case '[':
      return parseArray(cursor, depth);
    case '"':
      return parseString(cursor);
    default: {
      const word = parseWord(cursor);
      return word === undefined ? parseNumber(cursor) : word;
    }
  }
};

/** JSON text as a dynamic value; undefined when it is not JSON. */
export const parseDynamic = (text: string): Dynamic | undefined => {
  const cursor: Cursor = { text, at: 0 };
  const value = parseValue(cursor, 0);
  skipBlanks(cursor);
  return cursor.at === text.length ? value : undefined;
};

const printReal = (value: number): string => {
  if (Number.isNaN(value)) return '"NaN"';
  if (!Number.isFinite(value)) return value > 0 ? '"Infinity"' : '"-Infinity"';
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value);
};

/** The canonical text of a value. */
export const printDynamic = (value: Dynamic): string => {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'bigint':
      return value.toString();
    case 'number':
      return printReal(value);
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      if (isArray(value)) return `[${value.map(printDynamic).join(',')}]`;
      return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}:${printDynamic(item)}`).join(',')}}`;
    default:
      return assertNever(value);
  }
};
