import type { DuckDBConnection } from '@duckdb/node-api';
import type { Loss } from '../model/loss.ts';

const jsonColumns = ['process.args', 'dns.answers', 'winlog.event_data', 'tocsin.marks'];

/** Events whose JSON columns hold something else: their rows show null there, and that is a loss, not a fact. */
export const countMalformed = async (connection: DuckDBConnection): Promise<readonly Loss[]> => {
  const counts = jsonColumns.map(
    (name) =>
      `SELECT '${name}' AS name, "host.name" AS host, count(*) AS n FROM events WHERE "${name}" IS NOT NULL AND NOT json_valid("${name}") GROUP BY host`,
  );
  const reader = await connection.runAndReadAll(`${counts.join(' UNION ALL ')} ORDER BY name, host`);
  return reader.getRows().map(([name, host, count]) => ({
    source: 'recording',
    host: String(host),
    kind: 'unparsed',
    count: Number(count),
    detail: `${String(name)} is not JSON`,
  }));
};
