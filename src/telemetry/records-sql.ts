import { sqlName, sqlString } from './database.ts';
import type { EventRecord } from './table-file.ts';
import type { TableSpec } from './table-spec.ts';

/**
 * A field as its log holds it. A time that is shown as text is the row's own (`buildTable` sees to that): a place for it, which the
 * macro `record_times` fills when the scope's shift is known.
 */
const fieldText = ({ branches }: TableSpec, name: string): string =>
  branches.some(({ columns }) => columns.get(name)?.kind === 'time-text')
    ? `CASE WHEN ${sqlName(name)} IS NULL THEN '' ELSE own_time() END`
    : `record_text(${sqlName(name)})`;

const recordSql = (spec: TableSpec, record: EventRecord): string => {
  const fields = spec.info.columns.map(({ name }) => `${sqlString(name)}, ${fieldText(spec, name)}`);
  const columns = {
    'record.time': '"tocsin.time"',
    'record.host': '"tocsin.host"',
    'record.provider': sqlString(record.provider),
    'record.channel': sqlString(record.channel),
    'record.id': String(record.id),
    'record.version': String(record.version),
    'record.level': String(record.level),
    'record.task': String(record.task),
    'record.opcode': String(record.opcode),
    'record.keywords': sqlString(record.keywords),
    'record.title': sqlString(record.title),
    'record.data': `CAST(json_object(${fields.join(', ')}) AS VARCHAR)`,
  };
  const said = Object.entries(columns).map(([name, sql]) => `${sql} AS ${sqlName(name)}`);
  const behind = ['tocsin.event', 'tocsin.host', 'tocsin.time', 'tocsin.variant', 'tocsin.background', 'tocsin.marks'];
  return `SELECT ${[...said, ...behind.map(sqlName)].join(', ')} FROM store.${sqlName(spec.info.name)}`;
};

/** Statements of a view for every stored table that is a record of an event log, with the columns of `recordColumns`. */
export const renderRecords = (specs: readonly TableSpec[]): readonly string[] =>
  specs.flatMap((spec) =>
    spec.record === null ? [] : [`CREATE VIEW records.${sqlName(spec.info.name)} AS ${recordSql(spec, spec.record)}`],
  );

/** The records of these tables. */
export const recordsOf = (tables: readonly string[]): string =>
  `(${tables.map((table) => `SELECT * FROM records.${sqlName(table)}`).join(' UNION ALL ')})`;
