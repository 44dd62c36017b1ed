import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import type { ColumnInfo, TableInfo } from '../../model/table.ts';
import { loadCatalog, type CatalogName } from '../../telemetry/catalog.ts';
import { suggestionHint } from '../../util/suggest.ts';
import { parseScalarType, scalarTypeNames } from './scalar-type-names.ts';

const isCatalog = (name: string): name is CatalogName => name === 'sentinel' || name === 'defender';

/** What `--schema` stands at when it is not given. */
export const defaultSchemas = 'sentinel,defender';

/**
 * Tables that a query may name without data: `sentinel`, `defender`, `none`, or files, with commas between. Of two tables of one
 * name the first stands. A file is JSON or YAML, `{Table: {Column: type}}`. Throws HarnessError `schema/…`.
 */
export const loadSchemas = async (wanted: string): Promise<readonly TableInfo[]> => {
  const names = wanted
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'none');
  const tables = new Map<string, TableInfo>();
  for (const name of names) {
    const found = isCatalog(name) ? loadCatalog([name]) : await readSchemaFile(name);
    for (const table of found) if (!tables.has(table.name)) tables.set(table.name, table);
  }
  return [...tables.values()];
};

const invalid = (file: string, problem: string, hint?: string): HarnessError =>
  new HarnessError(`${file}: ${problem}`, {
    code: 'schema/invalid',
    exitCode: exitCode.usage,
    ...(hint === undefined ? {} : { hint }),
  });

const readSchemaFile = async (file: string): Promise<readonly TableInfo[]> => {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new HarnessError(`there is no schema ${JSON.stringify(file)}`, {
      code: 'schema/not-found',
      exitCode: exitCode.usage,
      hint: suggestionHint(file, ['sentinel', 'defender', 'none']) ?? 'name sentinel, defender, none, or a file',
      cause,
    });
  });
  const document = parseDocument(file, text);
  const tables = isRecord(document) && isRecord(document['tables']) ? document['tables'] : document;
  if (!isRecord(tables)) throw invalid(file, 'a schema is {Table: {Column: type}}');
  return Object.entries(tables).map(([name, columns]) => {
    if (!isRecord(columns)) throw invalid(file, `${name}: columns are {Column: type}`);
    return { name, columns: Object.entries(columns).map(([column, type]) => columnOf(file, name, column, type)) };
  });
};

const parseDocument = (file: string, text: string): unknown => {
  try {
    return parse(text);
  } catch (cause) {
    if (cause instanceof YAMLParseError) throw invalid(file, cause.message.split('\n')[0] ?? 'no YAML');
    throw cause;
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const columnOf = (file: string, table: string, name: string, type: unknown): ColumnInfo => {
  const scalar = typeof type === 'string' ? parseScalarType(type) : null;
  if (scalar !== null) return { name, type: scalar };
  const hint = suggestionHint(String(type), scalarTypeNames);
  throw invalid(file, `${table}.${name}: ${JSON.stringify(type)} is no type`, hint ?? undefined);
};
