import { eventColumns, type EventColumn } from '../model/event.ts';

/**
 * Columns that the hub adds to an event for product tables to use, each with the event column that it comes from: the address
 * type that a classifying product would give, after the topology's declared zones, and whether a zone changed it.
 */
export const derivedColumns = {
  'source.ip_type': 'source.ip',
  'source.declared_zone': 'source.ip',
  'destination.ip_type': 'destination.ip',
  'destination.declared_zone': 'destination.ip',
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

/** Every `"quoted name"` of an expression, outside of string literals. */
export const readColumns = (sql: string): readonly string[] =>
  [...sql.matchAll(/'(?:[^']|'')*'|"([^"]+)"/g)].flatMap((match) => match[1] ?? []);

const known = new Set([...Object.keys(eventColumns), ...Object.keys(derivedColumns), ...Object.keys(indicatorColumns)]);

export const unknownHubColumns = (sql: string): readonly string[] =>
  readColumns(sql).filter((name) => !known.has(name));

/** The event columns that an expression depends on. */
export const eventColumnsOf = (sql: string): readonly string[] =>
  readColumns(sql).map((name) =>
    Object.hasOwn(derivedColumns, name) ? derivedColumns[name as keyof typeof derivedColumns] : name,
  );
