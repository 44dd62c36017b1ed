import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnInfo, ScalarType, TableInfo } from '../model/table.ts';

/** Whose tables: the Sentinel workspace's, or the Defender portal's. */
export type CatalogName = 'sentinel' | 'defender';

/** As `scripts/build-catalog.ts` writes it: a table's columns in one string, `Name` or `Name:type`, text being the default type. */
interface PackedCatalog {
  readonly asOf: string;
  readonly tables: Readonly<Record<string, string>>;
}

const folder = join(import.meta.dirname, 'catalog');

const readPacked = (name: CatalogName | 'events'): PackedCatalog =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as PackedCatalog;

const retiredTables = (): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(join(folder, 'retired.json'), 'utf8')) as Record<string, string>;

const unpack = (columns: string): readonly ColumnInfo[] =>
  columns.split(' ').map((column) => {
    const [name = '', type = 'string'] = column.split(':');
    return { name, type: type as ScalarType };
  });

/** The day the vendor's documentation was read, ISO 8601. */
export const catalogDate = (name: CatalogName): string => readPacked(name).asOf;

/**
 * The tables that a product has, with their exact columns. Where two products have a table of one name (the XDR tables of a
 * Sentinel workspace carry more columns than the portal's), the product named first wins. A retired table is listed, with its date.
 */
export const loadCatalog = (names: readonly CatalogName[]): readonly TableInfo[] => {
  const retired = retiredTables();
  const tables = new Map<string, TableInfo>();
  for (const { tables: packed } of names.map(readPacked)) {
    for (const [name, columns] of Object.entries(packed)) {
      const date = retired[name];
      if (tables.has(name)) continue;
      tables.set(name, { name, columns: unpack(columns), ...(date === undefined ? {} : { retired: date }) });
    }
  }
  return [...tables.values()];
};

/** Schemas of native records: `Sysmon-3`, `Security-4688`, `PowerShell-4104`, `DnsClient-3008`, `sec_record_network`. */
export const eventSchemaNames = (): readonly string[] => Object.keys(readPacked('events').tables);

/** Throws for a name that is not in `eventSchemaNames`: what a branch is called is ours, not the user's. */
export const loadEventSchema = (name: string): TableInfo => {
  const columns = readPacked('events').tables[name];
  if (columns === undefined) throw new Error(`no schema of a native record is called ${name}`);
  return { name, columns: unpack(columns) };
};
