import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';

/** One in-memory DuckDB that can reach nothing: no files, no network, no extensions, settings locked. */
export interface Database extends AsyncDisposable {
  readonly connection: DuckDBConnection;
  run(sql: string, parameters?: readonly DuckDBValue[]): Promise<void>;
  /** Columns by position, since DuckDB's names ignore case and ours do not. */
  read(sql: string, parameters?: readonly DuckDBValue[]): Promise<DuckDBRows>;
  close(): void;
}

export interface DuckDBRows {
  readonly names: readonly string[];
  /** DuckDB's type names, for example `BIGINT`, `TIMESTAMP`. */
  readonly types: readonly string[];
  readonly rows: readonly (readonly DuckDBValue[])[];
}

export interface DatabaseOptions {
  /**
   * Runs before the database is sealed: recordings are loaded first, queries run after.
   */
  readonly load?: (connection: DuckDBConnection) => Promise<void>;
  readonly threads?: number;
  /** DuckDB's notation, for example `2GB`. */
  readonly memoryLimit?: string;
}

/** Opens a database, loads what `load` brings in, and seals it: from then on a query sees only what was loaded. */
export const openDatabase = async (options: DatabaseOptions = {}): Promise<Database> => {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    threads: String(options.threads ?? 2),
    memory_limit: options.memoryLimit ?? '2GB',
  });
  const connection = await instance.connect();
  // Results must not depend on the machine: timestamps have no zone here, and everything is UTC.
  await connection.run("SET TimeZone = 'UTC'");
  await options.load?.(connection);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  return {
    connection,
    run: async (sql, parameters) => {
      await connection.run(sql, parameters === undefined ? undefined : [...parameters]);
    },
    read: async (sql, parameters) => {
      const reader = await connection.runAndReadAll(sql, parameters === undefined ? undefined : [...parameters]);
      return { names: reader.columnNames(), types: reader.columnTypes().map(String), rows: reader.getRows() };
    },
    close,
    [Symbol.asyncDispose]: () => {
      close();
      return Promise.resolve();
    },
  };
};

/** A string as an SQL literal. The only way text enters SQL, besides parameters. A statement ends at NUL, which has to be spelled. */
export const sqlString = (text: string): string => {
  const literal = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\0') ? `(${literal.replaceAll('\0', "' || chr(0) || '")})` : literal;
};

/** A name as an SQL identifier. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
