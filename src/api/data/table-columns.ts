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
 * data has, with the types that its file declares or that all its values have.
 */
export const learnColumns = async (source: RowSource, known: TableInfo | null): Promise<TableColumns> => {
  const declared = new Set(known?.columns.map(({ name }) => name));
  const others =
    (await source.columns?.())?.filter(({ name }) => !declared.has(name)) ?? (await inferred(source, declared));
  return {
    columns: [...(known?.columns ?? []), ...others],
    extra: known === null ? [] : others.map(({ name }) => name),
  };
};

/** Columns that the rows have beyond those declared, in the order of their first mention. */
const inferred = async (source: RowSource, declared: ReadonlySet<string>): Promise<readonly ColumnInfo[]> => {
  const found = new Map<string, Inferred>();
  for await (const rows of source.rows()) {
    for (const row of rows) {
      for (const [name, value] of row) {
        if (!declared.has(name)) found.set(name, inferType(found.get(name) ?? null, value, source.isText));
      }
    }
  }
  return [...found].map(([name, type]) => ({ name, type: settled(type) }));
};
