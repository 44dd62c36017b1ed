import type { RowLoss } from './row.ts';

export interface RowLosses {
  /** `at`: line or record, from 1. */
  add(reason: string, at: number): void;
  readonly list: () => readonly RowLoss[];
  /** Before the rows are read once more. */
  clear(): void;
}

export const createRowLosses = (): RowLosses => {
  const found = new Map<string, RowLoss>();
  return {
    add: (reason, at) => {
      const known = found.get(reason);
      found.set(reason, known === undefined ? { reason, count: 1, first: at } : { ...known, count: known.count + 1 });
    },
    list: () => [...found.values()],
    clear: () => {
      found.clear();
    },
  };
};
