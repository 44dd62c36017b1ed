import type { DuckDBConnection } from '@duckdb/node-api';
import { eventColumns, type LabEvent } from '../model/event.ts';
import { chunkRows, eventChunk } from './event-chunk.ts';

/** Batches of events, in any size; what a sensor's parser yields. */
export type EventBatches = Iterable<readonly LabEvent[]> | AsyncIterable<readonly LabEvent[]>;

/** Creates the table `events`, empty, with exactly the columns of `eventColumns`. */
export const createEventTable = async (connection: DuckDBConnection): Promise<void> => {
  const columns = Object.entries(eventColumns).map(([name, type]) => `"${name}" ${type}`);
  await connection.run(`CREATE TABLE events (${columns.join(', ')})`);
};

/** Appends events to the table `events`. Throws `recording/bad-value` for a value that its column cannot hold. */
export const appendEvents = async (connection: DuckDBConnection, events: readonly LabEvent[]): Promise<void> => {
  const appender = await connection.createAppender('events');
  for (let start = 0; start < events.length; start += chunkRows) {
    appender.appendDataChunk(eventChunk(events.slice(start, start + chunkRows)));
  }
  appender.closeSync();
};
