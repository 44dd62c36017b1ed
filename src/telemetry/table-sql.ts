import type { ColumnInfo } from '../model/table.ts';
import type { SensorProfile } from './profile.ts';
import type { BranchSpec, ColumnSpec, TableSpec } from './table-spec.ts';
import { sqlName, sqlString } from './database.ts';
import { recordsOf } from './records-sql.ts';
import { applyTransform } from './transform-sql.ts';
import { sqlTypes } from './sql-type.ts';

/** What every stored row knows of the event behind it, beside the product's columns. */
const eventBehind = {
  events: {
    'tocsin.event': '"event.id"',
    'tocsin.host': '"host.name"',
    'tocsin.time': '"@timestamp"',
    'tocsin.variant': '"tocsin.variant"',
    'tocsin.background': `"tocsin.origin" = 'background'`,
  },
  // Reference data is in every scope, and no event stands behind it.
  indicators: {
    'tocsin.event': 'CAST(NULL AS VARCHAR)',
    'tocsin.host': 'CAST(NULL AS VARCHAR)',
    'tocsin.time': 'CAST(NULL AS TIMESTAMP)',
    'tocsin.variant': 'CAST(NULL AS VARCHAR)',
    'tocsin.background': 'true',
  },
  // A record is a row of its own table: what stands behind that stands behind this.
  records: Object.fromEntries(
    ['tocsin.event', 'tocsin.host', 'tocsin.time', 'tocsin.variant', 'tocsin.background'].map((name) => [
      name,
      sqlName(name),
    ]),
  ),
} as const;

type Source = keyof typeof eventBehind;

const sourceOf = ({ from }: BranchSpec): Source => (typeof from === 'string' ? from : 'records');

const sourceSql = ({ from }: BranchSpec): string => {
  if (typeof from !== 'string') return recordsOf(from);
  return from === 'events' ? 'observed' : from;
};

const storedType = (column: ColumnInfo, spec: ColumnSpec | undefined): string =>
  spec?.kind === 'time-text' ? 'TIMESTAMP' : sqlTypes[column.type];

const storedColumn = (column: ColumnInfo, branch: BranchSpec): string => {
  const spec = branch.columns.get(column.name);
  const sql = spec === undefined || spec.kind === 'null' ? 'NULL' : spec.sql;
  return `CAST(${sql} AS ${storedType(column, spec)}) AS ${sqlName(column.name)}`;
};

/** The marks of the event, of its persona and of the branch, as one sorted JSON array; null when there are none. */
const rowMarks = (branch: BranchSpec): string => {
  const conditions = [...branch.marks].map(([mark, where]) => `CASE WHEN ${where} THEN ${sqlString(mark)} END`);
  if (sourceOf(branch) === 'events')
    conditions.push(`CASE WHEN "tocsin.persona" = 'windows' THEN 'emulated-persona' END`);
  const own = sourceOf(branch) === 'indicators' ? '[]' : `json_texts("tocsin.marks")`;
  const all = `list_sort(list_distinct(list_filter(list_concat(${own}, [${conditions.join(', ')}]), lambda m: m IS NOT NULL)))`;
  return `CASE WHEN len(${all}) > 0 THEN CAST(to_json(${all}) AS VARCHAR) END`;
};

const branchSql = (spec: TableSpec, branch: BranchSpec): string => {
  const hidden = Object.entries(eventBehind[sourceOf(branch)]).map(([name, sql]) => `${sql} AS ${sqlName(name)}`);
  const columns = spec.info.columns.map((column) => storedColumn(column, branch));
  return `SELECT ${[...columns, ...hidden, `${rowMarks(branch)} AS "tocsin.marks"`].join(', ')} FROM ${sourceSql(branch)} WHERE ${branch.where}`;
};

export const isOfRecords = ({ branches }: TableSpec): boolean =>
  branches.some((branch) => sourceOf(branch) === 'records');

/**
 * Statement that computes a table's rows once, for every scope. In the order in which they were observed. A table of records holds what
 * other tables hold, as long text: it is computed when it is read. One event may be several of its records, Sysmon's and the Security log's.
 */
export const renderStore = (spec: TableSpec, profile: SensorProfile): string => {
  const union = spec.branches.map((branch) => branchSql(spec, branch)).join(' UNION ALL ');
  const ours = profile.transforms.filter(({ table }) => table === spec.info.name);
  const rows = `SELECT * FROM (${ours.reduce(applyTransform, union)}) ORDER BY "tocsin.time", "tocsin.event"`;
  const name = `store.${sqlName(spec.info.name)}`;
  return isOfRecords(spec) ? `CREATE VIEW ${name} AS ${rows}, "EventID"` : `CREATE TABLE ${name} AS ${rows}`;
};

const shift = `to_microseconds(CAST(coalesce(getvariable('tocsin_shift'), 0) AS BIGINT))`;

const shown = (column: ColumnInfo, spec: TableSpec): string => {
  const name = sqlName(column.name);
  const said = spec.branches.flatMap((branch) => branch.columns.get(column.name) ?? []);
  const time = said.find(({ kind }) => kind === 'time-text');
  if (time?.kind === 'time-text') return `${time.shown}(${name} + ${shift}) AS ${name}`;
  const text = said.find(({ kind }) => kind === 'timed-text');
  if (text?.kind === 'timed-text') return `${text.shown}(${name}, "tocsin.time" + ${shift}) AS ${name}`;
  return column.type === 'datetime' ? `${name} + ${shift} AS ${name}` : name;
};

// The bounds are unshifted on the left side, so that they are compared with the stored column as it is.
const inScope = `
  ("tocsin.background" OR getvariable('tocsin_variant') IS NULL OR "tocsin.variant" = CAST(getvariable('tocsin_variant') AS VARCHAR))
  AND ("tocsin.time" IS NULL OR getvariable('tocsin_from') IS NULL
    OR ("tocsin.time" >= make_timestamp(CAST(getvariable('tocsin_from') AS BIGINT))
      AND "tocsin.time" < make_timestamp(CAST(getvariable('tocsin_until') AS BIGINT))))`;

/** Statements of the two views that queries read: the product's table, and the same rows with the event behind each. */
export const renderViews = (spec: TableSpec): readonly string[] => {
  const name = sqlName(spec.info.name);
  const columns = spec.info.columns.map((column) => shown(column, spec)).join(', ');
  const behind = `"tocsin.event", "tocsin.time" + ${shift} AS "tocsin.time", "tocsin.host", "tocsin.variant", "tocsin.marks"`;
  return [
    `CREATE VIEW ${name} AS SELECT ${columns} FROM store.${name} WHERE ${inScope}`,
    `CREATE VIEW evidence.${name} AS SELECT ${columns}, ${behind} FROM store.${name} WHERE ${inScope}`,
  ];
};
