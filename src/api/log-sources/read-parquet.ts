import { DuckDBInstance } from '@duckdb/node-api';
import type { LogEvent } from '../../model/log-event.ts';
import type { ReadContext } from '../../formats/log/read-context.ts';
import { toEvent } from '../../formats/ndjson/to-event.ts';
import { plainValue } from './plain-value.ts';

/** The rows of a Parquet file as events. The database holds nothing else, and runs no text but this. */
export async function* readParquet(
  path: string,
  { file: name, sourceOf, losses }: ReadContext,
): AsyncGenerator<readonly LogEvent[]> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  let record = 0;
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const result = await connection.stream('SELECT * FROM read_parquet($1)', [escapeGlob(path)]);
    const names = result.deduplicatedColumnNames();
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      yield chunk.getRows().map((row) => {
        // A column that a row does not fill is a field that the record does not have.
        const cells = row.flatMap((value, index) => (value === null ? [] : [[names[index] ?? '', plainValue(value)]]));
        return toEvent(
          Object.fromEntries(cells) as Record<string, unknown>,
          { file: name, record: ++record },
          sourceOf,
        );
      });
    }
  } catch (error) {
    losses.add('truncated', `Parquet: ${(error as Error).message.split('\n')[0] ?? ''}`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** DuckDB takes a name for a pattern. */
const escapeGlob = (path: string): string => path.replace(/[*?[]/g, '[$&]');
