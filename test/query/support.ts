import { loadLanguages } from '../../src/query/languages.ts';
import { openEngine } from '../../src/query/open-engine.ts';
import type { Compiled, CompiledQuery, Engine, Relation } from '../../src/query/engine.ts';
import type { SumoDialect } from '../../src/query/sumo/dialect.ts';
import { openDatabase, sqlName, sqlString, type Database } from '../../src/telemetry/database.ts';
import type { ColumnInfo, ScalarType, TableInfo } from '../../src/model/table.ts';

export const origin = { file: 'rule.kql', line: 1, column: 1 };

/** The moment that queries of tests run at, unless they say otherwise. */
export const now = Date.UTC(2026, 10, 20, 13) * 1000;

/** How a relation of tests holds each type. */
export const storedTypes: Readonly<Record<ScalarType, string>> = {
  string: 'VARCHAR',
  datetime: 'TIMESTAMP',
  int: 'INTEGER',
  long: 'BIGINT',
  real: 'DOUBLE',
  bool: 'BOOLEAN',
  dynamic: 'JSON',
  guid: 'UUID',
  timespan: 'BIGINT',
  decimal: 'DECIMAL(38,10)',
};

/** Rows as a relation; columns that a row leaves out are null. */
export const relationOf = (
  name: string,
  columns: readonly ColumnInfo[],
  rows: readonly Readonly<Record<string, string | number | boolean | null>>[],
): readonly [string, Relation] => {
  const values = rows.map((row) =>
    columns.map(({ name: column, type }) => {
      const value = row[column] ?? null;
      return `CAST(${value === null ? 'NULL' : sqlString(String(value))} AS ${storedTypes[type]}) AS ${sqlName(column)}`;
    }),
  );
  const empty = columns.map(({ name: column, type }) => `NULL::${storedTypes[type]} AS ${sqlName(column)}`);
  const sql =
    values.length === 0
      ? `(SELECT ${empty.join(', ')} WHERE false)`
      : `(${values.map((row) => `SELECT ${row.join(', ')}`).join(' UNION ALL ')})`;
  return [name, { info: { name, columns }, sql }];
};

export interface Opened extends AsyncDisposable {
  readonly database: Database;
  readonly engine: Engine;
}

export const openWith = async (
  relations: readonly (readonly [string, Relation])[] = [],
  catalog: readonly TableInfo[] = [],
  sumo: Partial<SumoDialect> = {},
): Promise<Opened> => {
  const database = await openDatabase();
  return {
    database,
    engine: openEngine({ database, relations: new Map(relations), catalog, languages: await loadLanguages(), sumo }),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
};

/** The query, or an error that says why there is none. */
export const compiled = (result: Compiled): CompiledQuery => {
  if (!result.ok) throw new Error(result.diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return result.query;
};
