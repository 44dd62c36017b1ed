import type { ColumnInfo, TableInfo } from '../../model/table.ts';
import { inferType, settled, type Inferred } from './infer-type.ts';
import type { RowSource } from './row.ts';

export interface TableColumns {
  readonly columns: readonly ColumnInfo[];
  /** Names of columns that the data has and the product's table has not. */
  readonly extra: readonly string[];
  /** Names of columns that the data has; of a product's two hundred, records fill a few. */
  readonly present: ReadonlySet<string>;
}

/**
 * The columns of a table that is given data: the product's own with their types where it is a product's table, then what else the
 * data has, with the types that its file declares or that all its values have.
 */
export const learnColumns = async (source: RowSource, known: TableInfo | null): Promise<TableColumns> => {
  const declared = new Set(known?.columns.map(({ name }) => name));
  const stated = await source.columns?.();
  const present = new Set(stated?.map(({ name }) => name));
  const others = stated?.filter(({ name }) => !declared.has(name)) ?? (await inferred(source, declared, present));
  return {
    columns: [...(known?.columns ?? []), ...others],
    extra: known === null ? [] : others.map(({ name }) => name),
    present,
  };
};

/** Columns that the rows have beyond those declared, in the order of their first mention; notes all that they have. */
const inferred = async (
  source: RowSource,
  declared: ReadonlySet<string>,
  present: Set<string>,
): Promise<readonly ColumnInfo[]> => {
  const found = new Map<string, Inferred>();
  for await (const rows of source.rows()) {
    for (const row of rows) {
      for (const [name, value] of row) {
        present.add(name);
        if (!declared.has(name)) found.set(name, inferType(found.get(name) ?? null, value, source.isText));
      }
    }
  }
  return [...found].map(([name, type]) => ({ name, type: settled(type) }));
};
