import type { ScalarType } from '../../model/table.ts';

/** A value as a row function sees it: long, datetime and timespan as bigint, dynamic as its JSON text. */
export type RowValue = string | bigint | number | boolean | null;

/** What SQL cannot say: a function of one row's values in TypeScript, registered in DuckDB under its name when a query uses it. */
export interface RowFunction {
  readonly name: string;
  readonly params: readonly ScalarType[];
  readonly result: ScalarType;
  readonly compute: (...args: RowValue[]) => RowValue;
}
