import { DuckDBListValue, DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api';
import type { Cell } from '../../src/query/engine.ts';

const plain = (value: DuckDBValue): unknown => {
  if (typeof value === 'bigint') return Number(value);
  // Both sides may add reals in another order.
  if (typeof value === 'number') return Number(value.toPrecision(9));
  if (value instanceof DuckDBTimestampValue) return Number(value.micros);
  // Which elements a set with a limit keeps is open: it is compared by their number.
  return value instanceof DuckDBListValue ? value.items.length : value;
};

const cell = (value: Cell): unknown => {
  if (typeof value === 'number') return Number(value.toPrecision(9));
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{7}Z$/.test(value)) return Date.parse(value) * 1000;
  return Array.isArray(value) ? value.length : value;
};

const sorted = (rows: readonly (readonly unknown[])[]): readonly string[] =>
  rows.map((row) => JSON.stringify(row)).toSorted();

/** The first row that one side has and the other has not; null when both have the same rows, in whatever order. */
export const difference = (
  ours: readonly (readonly Cell[])[],
  byHand: readonly (readonly DuckDBValue[])[],
): string | null => {
  const [a, b] = [sorted(ours.map((row) => row.map(cell))), sorted(byHand.map((row) => row.map(plain)))];
  const at = Array.from({ length: Math.max(a.length, b.length) }, (_, index) => index).find((i) => a[i] !== b[i]);
  return at === undefined ? null : `${a.length} and ${b.length} rows; ${a[at] ?? 'none'} and ${b[at] ?? 'none'}`;
};
