import { eventColumns, type EventColumn } from '../model/event.ts';

/**
 * What the hub knows of an address, as DuckDB types, and the column of its table of addresses: the type that a classifying product would
 * give, after the topology's declared zones, and whether a zone changed it; whose it is and where, as its providers declare.
 */
export const addressColumns = {
  ip_type: 'VARCHAR',
  declared_zone: 'BOOLEAN',
  'as.number': 'BIGINT',
  'as.organization.name': 'VARCHAR',
  'geo.country_iso_code': 'VARCHAR',
  'geo.region_name': 'VARCHAR',
  'geo.city_name': 'VARCHAR',
  'geo.location.lat': 'DOUBLE',
  'geo.location.lon': 'DOUBLE',
} as const;

type AddressColumn = keyof typeof addressColumns;
type Side = 'source' | 'destination';

const derivedOf = <S extends Side>(side: S): Record<`${S}.${AddressColumn}`, `${S}.ip`> =>
  Object.fromEntries(Object.keys(addressColumns).map((name) => [`${side}.${name}`, `${side}.ip`])) as never;

/**
 * Columns that the hub adds to an event for product tables to use, each with the event column that it comes from. `source.host` and
 * `destination.host` are the topology's hosts with that address, `host.ip` is the address that it gives the event's host.
 */
export const derivedColumns = {
  ...derivedOf('source'),
  ...derivedOf('destination'),
  'source.host': 'source.ip',
  'destination.host': 'destination.ip',
  'host.ip': 'host.name',
} as const satisfies Record<string, EventColumn>;

/** Columns of the table `indicators`. */
export const indicatorColumns = {
  'indicator.id': 'VARCHAR',
  'indicator.value': 'VARCHAR',
  'indicator.type': 'VARCHAR',
  'indicator.threat_type': 'VARCHAR',
  'indicator.confidence': 'DOUBLE',
  'indicator.description': 'VARCHAR',
  'indicator.active': 'BOOLEAN',
  /** When the run began, in drill time: the indicators are what is known from then on. */
  'indicator.recorded': 'TIMESTAMP',
} as const;

/** Columns of the native records of event logs. */
export const recordColumns = {
  'record.time': 'TIMESTAMP',
  'record.host': 'VARCHAR',
  'record.provider': 'VARCHAR',
  'record.channel': 'VARCHAR',
  'record.id': 'INTEGER',
  'record.version': 'INTEGER',
  'record.level': 'INTEGER',
  'record.task': 'INTEGER',
  'record.opcode': 'INTEGER',
  'record.keywords': 'VARCHAR',
  'record.title': 'VARCHAR',
  /** JSON object: every field of the record, in its order, as text; what is null in its own table is empty here. */
  'record.data': 'VARCHAR',
} as const;

/** Every `"quoted name"` of an expression, outside of string literals. */
export const readColumns = (sql: string): readonly string[] =>
  [...sql.matchAll(/'(?:[^']|'')*'|"([^"]+)"/g)].flatMap((match) => match[1] ?? []);

const known = new Set(
  [eventColumns, derivedColumns, indicatorColumns, recordColumns].flatMap((columns) => Object.keys(columns)),
);

export const unknownHubColumns = (sql: string): readonly string[] =>
  readColumns(sql).filter((name) => !known.has(name));

/** The event columns that an expression depends on. */
export const eventColumnsOf = (sql: string): readonly string[] =>
  readColumns(sql).map((name) =>
    Object.hasOwn(derivedColumns, name) ? derivedColumns[name as keyof typeof derivedColumns] : name,
  );
