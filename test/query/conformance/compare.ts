import type { ColumnInfo, ScalarType } from '../../../src/model/table.ts';
import { isArray, isBag, parseDynamic, type Dynamic } from '../../../src/query/values/dynamic.ts';
import { parseDatetime } from '../../../src/query/values/parse-datetime.ts';
import { printRealText } from '../../../src/query/values/real.ts';
import { printDatetime, printTimespan } from '../../../src/query/values/ticks.ts';
import type { Expected } from './cases.ts';

/** DuckDB's values print as what they are. */
const text = (value: unknown): string => `${value as string | number | bigint | boolean}`;

/** A result as DuckDB holds it: ticks, JSON text, bigint. */
export interface RawResult {
  readonly columns: readonly ColumnInfo[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Reals may differ in their last digits: another order of additions, another library. */
const tolerance = 1e-9;

const closeEnough = (left: number, right: number): boolean =>
  left === right ||
  (Number.isNaN(left) && Number.isNaN(right)) ||
  Math.abs(left - right) <= tolerance * Math.max(1, Math.abs(left), Math.abs(right));

const typeNames: Readonly<Record<ScalarType, readonly [json: string, text: string]>> = {
  string: ['String', 'String'],
  long: ['Int64', 'Int'],
  int: ['Int32', 'Int'],
  real: ['Double', 'Real'],
  bool: ['SByte', 'Bool'],
  datetime: ['DateTime', 'DateTime'],
  timespan: ['TimeSpan', 'TimeSpan'],
  guid: ['Guid', 'Guid'],
  dynamic: ['Object', 'Dynamic'],
  decimal: ['SqlDecimal', 'Real'],
};

/** Whether the query says in which order its rows come. */
const isOrdered = (query: string): boolean => /\b(sort|order)\s+by\b|\btop\s/.test(query);

const fromJson = (value: unknown): Dynamic => {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).map(([key, item]) => [key, fromJson(item)]));
  }
  return value as Dynamic;
};

const sameDynamic = (left: Dynamic, right: Dynamic): boolean => {
  const numeric = (value: Dynamic): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';
  if (numeric(left) && numeric(right)) return closeEnough(Number(left), Number(right));
  if (isArray(left) && isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameDynamic(item, right[index] ?? null));
  }
  if (isBag(left) && isBag(right)) {
    return (
      left.size === right.size &&
      [...left].every(([key, item]) => right.has(key) && sameDynamic(item, right.get(key) ?? null))
    );
  }
  return left === right;
};

const sameCell = (got: unknown, want: unknown, type: ScalarType): boolean => {
  if (want === null || got === null) return want === got || (type === 'string' && (want ?? '') === (got ?? ''));
  switch (type) {
    case 'datetime':
      return typeof want === 'string' && parseDatetime(want) === got;
    case 'timespan':
      return typeof got === 'bigint' && printTimespan(got) === want;
    case 'dynamic': {
      const value = typeof got === 'string' ? parseDynamic(got) : undefined;
      return value !== undefined && sameDynamic(value, fromJson(want));
    }
    case 'real':
      return closeEnough(Number(got), Number(want));
    case 'decimal':
      return closeEnough(Number(text(got)), Number(want));
    case 'long':
    case 'int':
      return Number(got) === Number(want);
    case 'bool':
      return got === (want === true || want === 1);
    default:
      return text(got) === text(want);
  }
};

const indented = (value: Dynamic, depth: number): string => {
  const pad = '  '.repeat(depth);
  if (isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => `${pad}  ${indented(item, depth + 1)}`).join(',\n')}\n${pad}]`;
  }
  if (isBag(value)) {
    if (value.size === 0) return '{}';
    const pairs = [...value].map(([key, item]) => `${pad}  ${JSON.stringify(key)}: ${indented(item, depth + 1)}`);
    return `{\n${pairs.join(',\n')}\n${pad}}`;
  }
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : printRealText(value);
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
};

const textCell = (value: unknown, type: ScalarType): string => {
  if (type === 'string') return `'${text(value ?? '')}'`;
  if (value === null) return 'null';
  switch (type) {
    case 'datetime':
      return printDatetime(value as bigint);
    case 'timespan':
      return printTimespan(value as bigint);
    case 'dynamic':
      return indented(parseDynamic(text(value)) ?? null, 0);
    case 'real':
      return printRealText(value as number);
    case 'bool':
      return value === true ? 'True' : 'False';
    case 'decimal':
      return String(Number(text(value)));
    default:
      return text(value);
  }
};

const numberPattern = /-?\d+(?:\.\d+)?(?:E[+-]?\d+)?/g;

/** The same text, but for the last digits of its reals. */
const sameText = (got: string, want: string): boolean => {
  if (got === want) return true;
  if (got.replaceAll(numberPattern, '#') !== want.replaceAll(numberPattern, '#')) return false;
  const numbers = [got, want].map((text) => text.match(numberPattern) ?? []);
  return (numbers[0] ?? []).every((number, index) => {
    const other = numbers[1]?.[index] ?? '';
    return number === other || (/[.E]/.test(number + other) && closeEnough(Number(number), Number(other)));
  });
};

const difference = (got: readonly string[], want: readonly string[], ordered: boolean): string | null => {
  if (ordered) {
    const at = want.findIndex((row, index) => !sameText(got[index] ?? '', row));
    return at === -1 ? null : `row ${at}: got ${got[at]}, want ${want[at]}`;
  }
  const left = [...got];
  for (const row of want) {
    const at = left.findIndex((candidate) => sameText(candidate, row));
    if (at === -1) return `no row ${row} in ${left.join(' ')}`;
    left.splice(at, 1);
  }
  return null;
};

/** What is different from the real engine's answer; null when nothing is. */
export const compare = (
  query: string,
  expected: Exclude<Expected, { kind: 'error' }>,
  { columns, rows }: RawResult,
): string | null => {
  const form = expected.kind === 'json' ? 0 : 1;
  const names = columns.map(({ name, type }) =>
    form === 0 ? `${name}:${typeNames[type][0]}` : `${name}:${typeNames[type][1]}`,
  );
  const wanted =
    expected.kind === 'json'
      ? expected.columns.map((name, index) => `${name}:${expected.types[index]}`)
      : expected.columns;
  if (names.join() !== wanted.join()) return `columns: got ${names.join()}, want ${wanted.join()}`;
  const count = expected.kind === 'json' ? expected.rows.length : expected.rowCount;
  if (rows.length !== count) return `${rows.length} rows, want ${count}`;
  if (expected.kind === 'json') return compareJson(query, expected.rows, columns, rows);
  const got = rows.map((row) => `(${columns.map(({ type }, index) => textCell(row[index] ?? null, type)).join(', ')})`);
  const want = expected.rows;
  if (want.length < count) {
    // The rest of the answer was not kept.
    return difference(isOrdered(query) ? got.slice(0, want.length) : got, want, isOrdered(query));
  }
  return difference(got, want, isOrdered(query));
};

const compareJson = (
  query: string,
  wanted: readonly (readonly unknown[])[],
  columns: readonly ColumnInfo[],
  rows: readonly (readonly unknown[])[],
): string | null => {
  const same = (got: readonly unknown[], want: readonly unknown[]): boolean =>
    columns.every(({ type }, index) => sameCell(got[index] ?? null, want[index] ?? null, type));
  const show = (row: unknown): string =>
    JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ?? '';
  if (isOrdered(query)) {
    const at = wanted.findIndex((want, index) => !same(rows[index] ?? [], want));
    return at === -1 ? null : `row ${at}: got ${show(rows[at])}, want ${show(wanted[at])}`;
  }
  const left = [...rows];
  for (const want of wanted) {
    const at = left.findIndex((got) => same(got, want));
    if (at === -1) return `no row ${show(want)} in ${show(left)}`;
    left.splice(at, 1);
  }
  return null;
};
