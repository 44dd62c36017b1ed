import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import type { ColumnInfo, ScalarType } from '../../model/table.ts';
import { parseDynamic, type Dynamic } from '../../query/values/dynamic.ts';
import { sqlName } from '../../telemetry/database.ts';
import type { RowLosses } from './row-losses.ts';
import type { Row } from './row.ts';

/**
 * The rows of a Parquet file, read by a database of its own that holds nothing else and runs no text but this: the one that
 * queries run in is sealed before it has any data.
 */
export async function* readParquetRows(path: string, _losses: RowLosses): AsyncGenerator<readonly Row[]> {
  const { connection, close } = await openReader();
  try {
    const file = escapeGlob(path);
    const columns = await describe(connection, file);
    const selected = columns.map(({ name, type }) => asPlain(sqlName(name), type));
    const result = await connection.stream(`SELECT ${selected.join(', ')} FROM read_parquet($1)`, [file]);
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      yield chunk
        .getRows()
        .map((row) => new Map(columns.map(({ name, type }, index) => [name, toDynamic(row[index] ?? null, type)])));
    }
  } finally {
    close();
  }
}

/** Columns and types as the file declares them. */
export const parquetColumns = async (path: string): Promise<readonly ColumnInfo[]> => {
  const { connection, close } = await openReader();
  try {
    const columns = await describe(connection, escapeGlob(path));
    return columns.map(({ name, type }) => ({ name, type: scalarTypeOf(type) }));
  } finally {
    close();
  }
};

const openReader = async (): Promise<{ readonly connection: DuckDBConnection; readonly close: () => void }> => {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  return { connection, close };
};

/** Names with DuckDB's types. */
const describe = async (connection: DuckDBConnection, file: string) => {
  const described = await connection.runAndReadAll('DESCRIBE SELECT * FROM read_parquet($1)', [file]);
  return described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
};

const scalarTypeOf = (type: string): ScalarType => {
  if (isNested(type)) return 'dynamic';
  if (type === 'DATE' || type.startsWith('TIMESTAMP')) return 'datetime';
  if (type.startsWith('DECIMAL') || type === 'FLOAT' || type === 'DOUBLE') return 'real';
  if (['TINYINT', 'SMALLINT', 'INTEGER', 'UTINYINT', 'USMALLINT'].includes(type)) return 'int';
  if (type === 'BIGINT' || type === 'UINTEGER') return 'long';
  return type === 'BOOLEAN' ? 'bool' : type === 'UUID' ? 'guid' : 'string';
};

const isNested = (type: string): boolean => /[\]]$|^(STRUCT|MAP|LIST|UNION|JSON)/.test(type);

const isPlain = (type: string): boolean =>
  [
    'BOOLEAN',
    'TINYINT',
    'SMALLINT',
    'INTEGER',
    'BIGINT',
    'UTINYINT',
    'USMALLINT',
    'UINTEGER',
    'FLOAT',
    'DOUBLE',
  ].includes(type);

const isWhole = (type: string): boolean => type.endsWith('INT') || type.endsWith('INTEGER');

const asPlain = (column: string, type: string): string => {
  if (isPlain(type)) return column;
  if (isNested(type)) return `to_json(${column})::VARCHAR`;
  if (type.startsWith('DECIMAL')) return `${column}::DOUBLE`;
  if (type === 'BLOB') return `hex(${column})`;
  if (type === 'TIMESTAMP WITH TIME ZONE') return `replace(${column}::TIMESTAMP::VARCHAR, ' ', 'T') || 'Z'`;
  if (type.startsWith('TIMESTAMP')) return `replace(${column}::VARCHAR, ' ', 'T') || 'Z'`;
  if (type === 'DATE') return `${column}::VARCHAR || 'T00:00:00Z'`;
  return `${column}::VARCHAR`;
};

const toDynamic = (value: DuckDBValue, type: string): Dynamic => {
  if (typeof value === 'number' && isWhole(type)) return BigInt(value);
  if (typeof value === 'string') return isNested(type) ? (parseDynamic(value) ?? value) : value;
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? value : null;
};

/** DuckDB takes a name for a pattern. */
const escapeGlob = (path: string): string => path.replace(/[*?[]/g, '[$&]');
