import type { Json } from '../../model/json.ts';
import type { ColumnInfo } from '../../model/table.ts';

/** The result of a query: cells in the order of the columns. */
export interface Rows {
  readonly columns: readonly ColumnInfo[];
  readonly rows: readonly (readonly (Json | bigint)[])[];
}

/** A cell as text: objects as JSON, null as nothing. */
export const cellText = (cell: Json | bigint): string => {
  if (cell === null) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
};
