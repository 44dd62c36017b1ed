import { isArray, isBag } from '../../query/values/dynamic.ts';
import type { ColumnInfo } from '../../model/table.ts';
import { fromJs } from './from-js.ts';
import { createRowLosses } from './row-losses.ts';
import type { Row, RowSource } from './row.ts';

/** Rows that are in memory: objects, or lists of cells in the order of `columns`. */
export const rowsOfArray = (records: readonly unknown[], columns: readonly ColumnInfo[] | null = null): RowSource => {
  const losses = createRowLosses();
  const read = (): readonly Row[] => {
    losses.clear();
    return records.flatMap((record, index): Row[] => {
      const value = fromJs(record);
      if (isBag(value)) return [value];
      if (isArray(value) && columns !== null && value.length === columns.length) {
        return [new Map(columns.map(({ name }, cell) => [name, value[cell] ?? null]))];
      }
      losses.add(isArray(value) ? 'a list of other length than the columns' : 'no object', index + 1);
      return [];
    });
  };
  return {
    rows: async function* () {
      yield await Promise.resolve(read());
    },
    isText: false,
    losses: losses.list,
  };
};
