import type { DuckDBAppender } from '@duckdb/node-api';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ColumnInfo, ScalarType } from '../../model/table.ts';
import type { Relation } from '../../query/engine.ts';
import { sqlName, type Database } from '../../telemetry/database.ts';
import { plural } from '../../util/plural.ts';
import type { RowSource } from './row.ts';
import { toStored, type Stored } from './to-stored.ts';

// A decimal is kept as text: DuckDB's appender takes it only with the scale of its column.
const held: Readonly<Record<ScalarType, string>> = {
  string: 'VARCHAR',
  long: 'BIGINT',
  int: 'INTEGER',
  real: 'DOUBLE',
  bool: 'BOOLEAN',
  datetime: 'BIGINT',
  timespan: 'BIGINT',
  guid: 'VARCHAR',
  dynamic: 'VARCHAR',
  decimal: 'VARCHAR',
};

export interface StoredTable {
  readonly relation: Relation;
  readonly rows: number;
  readonly diagnostics: readonly Diagnostic[];
  /** The name of the table in the database. */
  readonly sqlTable: string;
}

/** A value that is not of its column's type is null, and counted. */
interface Misfit {
  readonly column: ColumnInfo;
  readonly first: number;
  count: number;
}

/**
 * Creates `sqlTable` in the database and fills it. Columns that `columns` does not name are passed over; those that `present` does not
 * name are null in every row and take no room. Default: all are stored.
 */
export const storeTable = async (
  database: Database,
  sqlTable: string,
  name: string,
  columns: readonly ColumnInfo[],
  source: RowSource,
  present?: ReadonlySet<string>,
): Promise<StoredTable> => {
  const isStored = ({ name: column }: ColumnInfo): boolean => present?.has(column) !== false;
  const stored = columns.filter(isStored);
  const definitions = columns.flatMap((column, index) => (isStored(column) ? [`c${index} ${held[column.type]}`] : []));
  await database.run(`CREATE TABLE ${sqlName(sqlTable)} (${definitions.join(', ') || 'nothing BOOLEAN'})`);
  const misfits = new Map<string, Misfit>();
  const appender = await database.connection.createAppender(sqlTable);
  let count = 0;
  try {
    for await (const rows of source.rows()) {
      for (const row of rows) {
        count++;
        if (stored.length === 0) appender.appendNull();
        for (const column of stored) {
          const value = toStored(row.get(column.name) ?? null, column.type);
          if (value === undefined) note(misfits, column, count);
          append(appender, value ?? null, column.type);
        }
        appender.endRow();
      }
    }
  } finally {
    appender.closeSync();
  }
  const selected = columns.map((column, index) => {
    const value = isStored(column) ? `c${index}` : `NULL::${held[column.type]}`;
    return column.type === 'decimal' ? `${value}::DECIMAL(38, 10)` : value;
  });
  const sql = `(SELECT ${selected.join(', ') || 'nothing'} FROM ${sqlName(sqlTable)})`;
  return {
    relation: { info: { name, columns }, sql, datetimes: 'ticks' },
    rows: count,
    diagnostics: [
      ...[...misfits.values()].map((misfit) => describeMisfit(name, misfit)),
      ...source.losses().map(({ reason, count: lost, first }): Diagnostic => ({
        code: 'data/not-read',
        severity: 'warning',
        message: `${name}: ${plural(lost, 'record')} not read: ${reason} (first at ${first})`,
      })),
    ],
    sqlTable,
  };
};

const append = (appender: DuckDBAppender, value: Stored, type: ScalarType): void => {
  switch (typeof value) {
    case 'bigint':
      appender.appendBigInt(value);
      return;
    case 'boolean':
      appender.appendBoolean(value);
      return;
    case 'string':
      appender.appendVarchar(value);
      return;
    case 'number':
      if (type === 'int') appender.appendInteger(value);
      else appender.appendDouble(value);
      return;
    default:
      appender.appendNull();
  }
};

const note = (misfits: Map<string, Misfit>, column: ColumnInfo, row: number): void => {
  const known = misfits.get(column.name);
  if (known === undefined) misfits.set(column.name, { column, first: row, count: 1 });
  else known.count++;
};

const describeMisfit = (table: string, { column, first, count }: Misfit): Diagnostic => ({
  code: 'data/value-not-of-type',
  severity: 'warning',
  message: `${table}.${column.name}: ${plural(count, 'value')} of no ${column.type}, taken for null (first in row ${first})`,
});
