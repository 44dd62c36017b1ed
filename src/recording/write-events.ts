import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { appendEvents, createEventTable, type EventBatches } from './event-table.ts';
import { sqlText } from './sql-text.ts';

/** Events a file: bounds the memory of writing, whatever the length of the drill. */
const rowsPerFile = 250_000;

/** Writes events into `folder`, which exists and is empty, as `part-0000.parquet` and so on. Returns how many there were. */
export const writeEvents = async (folder: string, batches: EventBatches): Promise<number> => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  let total = 0;
  let held = 0;
  let part = 0;
  const flush = async (): Promise<void> => {
    const file = join(folder, `part-${String(part).padStart(4, '0')}.parquet`);
    await connection.run(`COPY events TO ${sqlText(file)} (FORMAT parquet, COMPRESSION zstd)`);
    await connection.run('TRUNCATE events');
    part += 1;
    held = 0;
  };
  try {
    await createEventTable(connection);
    for await (const batch of batches) {
      await appendEvents(connection, batch);
      total += batch.length;
      held += batch.length;
      if (held >= rowsPerFile) await flush();
    }
    // A recording without events has one empty file: its columns say that it was written.
    if (held > 0 || part === 0) await flush();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return total;
};
