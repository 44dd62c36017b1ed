import { DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api';
import type { LabEvent } from '../../src/model/event.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { Hub } from '../../src/telemetry/hub.ts';
import { openHub, type HubOptions } from '../../src/telemetry/open-hub.ts';
import { manifest } from './events.ts';

type Row = Readonly<Record<string, unknown>>;

const plain = (value: DuckDBValue): unknown => {
  if (value instanceof DuckDBTimestampValue) return `${value.toString()}Z`;
  return typeof value === 'bigint' ? Number(value) : value;
};

/** Rows of a table as objects, without the columns that are null. */
export const readRows = async (
  hub: Hub,
  table: string,
  view: 'sql' | 'evidenceSql' = 'sql',
): Promise<readonly Row[]> => {
  const product = hub.tables.get(table);
  if (product === undefined) throw new Error(`no table ${table}`);
  const { names, rows } = await hub.database.read(`SELECT * FROM ${product[view]}`);
  return rows.map((row) =>
    Object.fromEntries(
      names.flatMap((name, index) => (row[index] === null ? [] : [[name, plain(row[index] ?? null)]])),
    ),
  );
};

/** What a product's table shows of hand-made events. */
export const productRows = async (
  table: string,
  events: readonly LabEvent[],
  options: HubOptions & { readonly manifest?: Partial<Manifest> } = {},
): Promise<readonly Row[]> => {
  await using hub = await openHub({ manifest: manifest(options.manifest), events }, options);
  return await readRows(hub, table);
};
