import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { loadCatalog, loadEventSchema, type CatalogName } from './catalog.ts';
import type { TableInfo } from '../model/table.ts';
import { buildTable } from './build-table.ts';
import { sharedFile, tableFile, type SharedFile, type TableFile } from './table-file.ts';
import type { TableSpec } from './table-spec.ts';

const folder = join(import.meta.dirname, 'tables');

const readYaml = <S extends z.ZodType>(file: string, schema: S): z.output<S> => {
  const result = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (result.success) return result.data;
  throw new Error(`${file}: ${result.error.message}`, { cause: result.error });
};

const yamlFiles = (path: string): readonly string[] =>
  readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(path, name));

const readShared = (): ReadonlyMap<string, SharedFile> =>
  new Map(yamlFiles(join(folder, 'shared')).map((file) => [basename(file, '.yaml'), readYaml(file, sharedFile)]));

type Catalogs = Readonly<Record<CatalogName, readonly TableInfo[]>>;

const schemaOf = ({ schema, table }: TableFile, catalogs: Catalogs): TableInfo | undefined =>
  'event' in schema
    ? { ...loadEventSchema(schema.event), name: table }
    : catalogs[schema.catalog].find(({ name }) => name === table);

/**
 * The declared product tables, in the order of their files. They are ours and ship with the program, so whatever is wrong with
 * one is a bug and throws, naming every problem of the file.
 */
export const loadTables = (): readonly TableSpec[] => {
  const shared = readShared();
  const catalogs = { sentinel: loadCatalog(['sentinel']), defender: loadCatalog(['defender']) };
  return yamlFiles(folder).map((path) => {
    const file = readYaml(path, tableFile);
    const built = buildTable(file, schemaOf(file, catalogs), shared);
    if (built.ok) return built.table;
    throw new Error(`${path}: ${built.problems.join('; ')}`);
  });
};
