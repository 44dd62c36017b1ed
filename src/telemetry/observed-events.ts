import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Topology } from '../model/topology.ts';
import { findProvider } from '../util/find-provider.ts';
import { classifyAddress } from './address-type.ts';
import { addressColumns } from './hub-columns.ts';

const chunkRows = 2048;

const readAddresses = async (connection: DuckDBConnection): Promise<readonly string[]> => {
  const reader = await connection.runAndReadAll(
    'SELECT "source.ip" FROM events WHERE "source.ip" IS NOT NULL UNION SELECT "destination.ip" FROM events WHERE "destination.ip" IS NOT NULL',
  );
  return reader.getRows().map(([address]) => String(address));
};

/** Looks every address up once, in TypeScript: DuckDB has no functions on addresses without an extension. */
const createAddressTable = async (connection: DuckDBConnection, topology: Topology): Promise<void> => {
  const rows = (await readAddresses(connection)).map((address) => describeAddress(address, topology));
  const declared = Object.entries(addressColumns).map(([name, type]) => `"${name}" ${type}`);
  await connection.run(`CREATE TABLE addresses (ip VARCHAR, ${declared.join(', ')})`);
  const appender = await connection.createAppender('addresses');
  const columnTypes = [VARCHAR, VARCHAR, BOOLEAN, BIGINT, VARCHAR, VARCHAR, VARCHAR, VARCHAR, DOUBLE, DOUBLE];
  for (let start = 0; start < rows.length; start += chunkRows) {
    const part = rows.slice(start, start + chunkRows);
    const chunk = DuckDBDataChunk.create(columnTypes, part.length);
    chunk.setRows(part);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
};

/** In the order of `addressColumns`. */
const describeAddress = (address: string, topology: Topology): DuckDBValue[] => {
  const { type, declared } = classifyAddress(address, topology);
  const provider = findProvider(address, topology.providers ?? []);
  const location = provider?.location;
  return [
    address,
    type,
    declared,
    provider === null ? null : BigInt(provider.asNumber),
    provider?.asOrganization ?? null,
    location?.country ?? null,
    location?.region ?? null,
    location?.city ?? null,
    location?.latitude ?? null,
    location?.longitude ?? null,
  ];
};

const derived = (side: string, table: string): string =>
  Object.entries(addressColumns)
    .map(([column, type]) => {
      const value = `${table}."${column}"`;
      return `${type === 'BOOLEAN' ? `coalesce(${value}, false)` : value} AS "${side}.${column}"`;
    })
    .join(', ');

/** Which host has which address, by the topology. */
const createHostTable = async (connection: DuckDBConnection, { hosts }: Topology): Promise<void> => {
  await connection.run('CREATE TABLE hosts (name VARCHAR, ip VARCHAR)');
  for (const { name, address } of hosts) await connection.run('INSERT INTO hosts VALUES (?, ?)', [name, address]);
};

/**
 * Creates the view `observed`: the events that products may see (never the harness's or the lab furniture's), with the derived
 * columns of `derivedColumns`. Needs the table `events`.
 */
export const createObservedEvents = async (connection: DuckDBConnection, topology: Topology): Promise<void> => {
  await createAddressTable(connection, topology);
  await createHostTable(connection, topology);
  await connection.run(`
    CREATE VIEW observed AS
    SELECT e.*, ${derived('source', 's')}, ${derived('destination', 'd')},
      sh.name AS "source.host", dh.name AS "destination.host", own.ip AS "host.ip"
    FROM events e
    LEFT JOIN addresses s ON s.ip = e."source.ip"
    LEFT JOIN addresses d ON d.ip = e."destination.ip"
    LEFT JOIN hosts sh ON sh.ip = e."source.ip"
    LEFT JOIN hosts dh ON dh.ip = e."destination.ip"
    LEFT JOIN hosts own ON own.name = e."host.name"
    WHERE e."tocsin.origin" NOT IN ('service', 'harness')`);
};
