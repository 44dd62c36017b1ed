import { VARCHAR, BOOLEAN, DuckDBDataChunk, type DuckDBConnection } from '@duckdb/node-api';
import type { Topology } from '../model/topology.ts';
import { classifyAddress } from './address-type.ts';

const chunkRows = 2048;

const readAddresses = async (connection: DuckDBConnection): Promise<readonly string[]> => {
  const reader = await connection.runAndReadAll(
    'SELECT "source.ip" FROM events WHERE "source.ip" IS NOT NULL UNION SELECT "destination.ip" FROM events WHERE "destination.ip" IS NOT NULL',
  );
  return reader.getRows().map(([address]) => String(address));
};

/** Classifies every address once, in TypeScript: DuckDB has no functions on addresses without an extension. */
const createAddressTable = async (connection: DuckDBConnection, topology: Topology): Promise<void> => {
  const rows = (await readAddresses(connection)).map((address) => classifyAddress(address, topology));
  await connection.run('CREATE TABLE addresses (ip VARCHAR, type VARCHAR, declared BOOLEAN)');
  const appender = await connection.createAppender('addresses');
  for (let start = 0; start < rows.length; start += chunkRows) {
    const part = rows.slice(start, start + chunkRows);
    const chunk = DuckDBDataChunk.create([VARCHAR, VARCHAR, BOOLEAN], part.length);
    chunk.setRows(part.map(({ address, type, declared }) => [address, type, declared]));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
};

/**
 * Creates the view `observed`: the events that products may see (never the harness's or the lab furniture's), with the derived
 * columns of `derivedColumns`. Needs the table `events`.
 */
export const createObservedEvents = async (connection: DuckDBConnection, topology: Topology): Promise<void> => {
  await createAddressTable(connection, topology);
  await connection.run(`
    CREATE VIEW observed AS
    SELECT e.*,
      s.type AS "source.ip_type", coalesce(s.declared, false) AS "source.declared_zone",
      d.type AS "destination.ip_type", coalesce(d.declared, false) AS "destination.declared_zone"
    FROM events e
    LEFT JOIN addresses s ON s.ip = e."source.ip"
    LEFT JOIN addresses d ON d.ip = e."destination.ip"
    WHERE e."tocsin.origin" NOT IN ('service', 'harness')`);
};
