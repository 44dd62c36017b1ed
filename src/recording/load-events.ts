import type { DuckDBConnection } from '@duckdb/node-api';
import { eventActions, eventColumns, eventOrigins } from '../model/event.ts';
import { exitCode } from '../model/exit-code.ts';
import { HarnessError } from '../model/harness-error.ts';
import { createEventTable } from './event-table.ts';
import { sqlFile, sqlText } from './sql-text.ts';

const required = ['event.id', '@timestamp', 'event.action', 'host.name', 'tocsin.sensor', 'tocsin.origin'];

const invalid = (code: string, message: string, cause?: unknown): HarnessError =>
  new HarnessError(message, { code, exitCode: exitCode.usage, hint: 'docs/recording.md lists the columns.', cause });

const columnsOf = async (connection: DuckDBConnection, source: string): Promise<readonly string[]> => {
  try {
    const reader = await connection.runAndReadAll(`SELECT column_name FROM (DESCRIBE SELECT * FROM ${source})`);
    return reader.getRows().map(([name]) => String(name));
  } catch (cause) {
    throw invalid('recording/events-unreadable', `the events cannot be read: ${(cause as Error).message}`, cause);
  }
};

const oneOf = (names: readonly string[]): string => names.map(sqlText).join(', ');

/** Refuses events that no sensor of ours would have written: judging would silently lose or leak them. */
const checkRows = async (connection: DuckDBConnection): Promise<void> => {
  const missing = required.map((name) => `"${name}" IS NULL`).join(' OR ');
  const wrong = [
    `"event.action" NOT IN (${oneOf(eventActions)})`,
    `"tocsin.origin" NOT IN (${oneOf(eventOrigins)})`,
  ].join(' OR ');
  const reader = await connection.runAndReadAll(
    `SELECT count(*), any_value(coalesce("event.id", '(no id)')) FROM events WHERE ${missing} OR ${wrong}`,
  );
  const [count, example] = reader.getRows()[0] ?? [];
  if (Number(count) === 0) return;
  throw invalid(
    'recording/bad-events',
    `${String(count)} events lack ${required.join(', ')}, or have an action or origin that does not exist; one is ${String(example)}`,
  );
};

/**
 * Loads Parquet files into a new table `events`. Columns that the files lack are null; a column that does not exist, a value
 * that its column cannot hold and an event without its required columns are refused (`recording/unknown-column`,
 * `recording/events-unreadable`, `recording/bad-events`).
 */
export const loadEvents = async (connection: DuckDBConnection, files: readonly string[]): Promise<void> => {
  const source = `read_parquet([${files.map(sqlFile).join(', ')}], union_by_name = true)`;
  const present = await columnsOf(connection, source);
  const unknown = present.filter((name) => !Object.hasOwn(eventColumns, name));
  if (unknown.length > 0) {
    throw invalid('recording/unknown-column', `the events have columns that do not exist: ${unknown.join(', ')}`);
  }
  await createEventTable(connection);
  const columns = present.map((name) => `"${name}"`).join(', ');
  try {
    await connection.run(`INSERT INTO events (${columns}) SELECT ${columns} FROM ${source}`);
  } catch (cause) {
    throw invalid('recording/events-unreadable', `the events cannot be read: ${(cause as Error).message}`, cause);
  }
  await checkRows(connection);
};
