import type { ColumnInfo, ScalarType, TableInfo } from '../../model/table.ts';
import schema from './record-schema.json' with { type: 'json' };

/** Partitions that Cloud SIEM writes its normalized records to, one per kind of record. */
const kinds = ['audit', 'authentication', 'email', 'endpoint', 'failure', 'network', 'notification'];

export const recordTables: readonly string[] = kinds.map((kind) => `sec_record_${kind}`);

/** Every attribute that a record can have (`schema/full_schema.md` of Sumo's content catalog). */
export const recordColumns: readonly ColumnInfo[] = schema.columns.split(' ').map((column) => {
  const [name = '', type = 'string'] = column.split(':');
  return { name, type: type as ScalarType };
});

/** A table of records that nobody has data of: it is there, and empty. */
export const recordTable = (name: string): TableInfo | undefined =>
  recordTables.includes(name.toLowerCase()) ? { name: name.toLowerCase(), columns: recordColumns } : undefined;
