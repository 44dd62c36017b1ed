import type { ColumnInfo, TableInfo } from '../../model/table.ts';
import { inferType, settled, type Inferred } from './infer-type.ts';
import type { RowSource } from './row.ts';

export interface TableColumns {
  readonly columns: readonly ColumnInfo[];
  /** Names of columns that the data has and the product's table has not. */
  readonly extra: readonly string[];
}

/**
 * The columns of a table that is given data: the product's own with their types where it is a product's table, then what else the
 * data has, in the order of its first mention, with the types that all its values have.
 */
export const learnColumns = async (source: RowSource, known: TableInfo | undefined): Promise<TableColumns> => {
  const declared = new Set(known?.columns.map(({ name }) => name));
  const found = new Map<string, Inferred>();
  for await (const rows of source.rows()) {
    for (const row of rows) {
      for (const [name, value] of row) {
        if (!declared.has(name)) found.set(name, inferType(found.get(name) ?? null, value, source.isText));
      }
    }
  }
  return {
    columns: [...(known?.columns ?? []), ...[...found].map(([name, type]) => ({ name, type: settled(type) }))],
    extra: known === undefined ? [] : [...found.keys()],
  };
};
