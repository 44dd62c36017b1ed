import { BIGINT, DuckDBDataChunk, DuckDBTimestampValue, INTEGER, TIMESTAMP, VARCHAR } from '@duckdb/node-api';
import type { DuckDBValue } from '@duckdb/node-api';
import { eventColumns, type EventColumn, type LabEvent } from '../model/event.ts';
import { HarnessError } from '../model/harness-error.ts';

/** DuckDB's vector size: the most rows that one chunk holds. */
export const chunkRows = 2048;

const columns = Object.entries(eventColumns) as readonly (readonly [EventColumn, (typeof eventColumns)[EventColumn]])[];

const duckdbTypes = { VARCHAR, BIGINT, INTEGER, TIMESTAMP } as const;

const limits = { BIGINT: Number.MAX_SAFE_INTEGER, TIMESTAMP: Number.MAX_SAFE_INTEGER, INTEGER: 2 ** 31 - 1 } as const;

const refuse = (event: LabEvent, column: string, value: unknown): never => {
  throw new HarnessError(`event ${event['event.id']}: ${column} cannot be ${JSON.stringify(value)}`, {
    code: 'recording/bad-value',
  });
};

const toDuckdb = (event: LabEvent, column: EventColumn): DuckDBValue => {
  const value = event[column];
  if (value === undefined || value === null) return null;
  const type = eventColumns[column];
  // A lone surrogate has no UTF-8; it becomes U+FFFD here rather than whatever the binding makes of it.
  if (type === 'VARCHAR') return typeof value === 'string' ? value.toWellFormed() : refuse(event, column, value);
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > limits[type])
    return refuse(event, column, value);
  switch (type) {
    case 'INTEGER':
      return value;
    case 'BIGINT':
      return BigInt(value);
    case 'TIMESTAMP':
      return new DuckDBTimestampValue(BigInt(value));
  }
};

/** At most `chunkRows` events as one DuckDB chunk with exactly the columns of `eventColumns`. */
export const eventChunk = (events: readonly LabEvent[]): DuckDBDataChunk => {
  const chunk = DuckDBDataChunk.create(
    columns.map(([, type]) => duckdbTypes[type]),
    events.length,
  );
  chunk.setColumns(columns.map(([column]) => events.map((event) => toDuckdb(event, column))));
  return chunk;
};
