import type { ColumnInfo } from '../../model/table.ts';
import type { TableStage } from '../plan/stage.ts';
import { sqlNull } from './literal.ts';
import { rawColumnsOfTable } from './raw-columns.ts';

/** What a query's table reads from: SQL whose columns are, by position, those of the table. */
export interface TableSource {
  readonly sql: string;
  readonly columns: readonly ColumnInfo[];
  /** As in a `Relation`. */
  readonly datetimes?: 'ticks';
  /** All its columns are as the query languages hold them: a table that a query made for itself. */
  readonly held?: boolean;
}

/** A column of a product's table as the query languages hold it. */
const held = (
  name: string,
  type: ColumnInfo['type'],
  datetimes: TableSource['datetimes'],
  nullText: boolean,
): string => {
  switch (type) {
    case 'string':
      return nullText ? name : `coalesce(${name}, '')`;
    case 'datetime':
      return datetimes === 'ticks' ? name : `(epoch_us(${name}) * 10 + 621355968000000000)`;
    case 'dynamic':
      // Canonical text, so that equal values are equal; null is NULL.
      return `nullif(json(${name})::VARCHAR, 'null')`;
    case 'guid':
      return `lower(${name}::VARCHAR)`;
    default:
      return name;
  }
};

/** A table that has data is read by position, since DuckDB ignores the case of names; one that has none is empty. */
export const renderTable = (
  stage: TableStage,
  source: TableSource | undefined,
  needed: ReadonlySet<string>,
): string => {
  const wanted = stage.output.filter(({ id }) => needed.has(id));
  if (source === undefined) {
    const columns = wanted.map(({ id, type }) => `${sqlNull(type)} AS ${id}`);
    return `SELECT ${columns.join(', ') || '1 AS nothing'} WHERE FALSE`;
  }
  const names = source.columns.map((_, index) => `x${index}`);
  const columns = wanted.map(({ id, name, type }) => {
    const index = source.columns.findIndex((column) => column.name === name);
    return `${source.held === true ? `x${index}` : held(`x${index}`, type, source.datetimes, stage.nullText === true)} AS ${id}`;
  });
  const raw = [...rawColumnsOfTable(stage, source, needed)].map(([id, { sql }]) => {
    const column = stage.output.find((output) => output.id === id);
    return `x${source.columns.findIndex(({ name }) => name === column?.name)} AS ${sql}`;
  });
  return `SELECT ${[...columns, ...raw].join(', ') || '1 AS nothing'} FROM ${source.sql} AS t${names.length === 0 ? '' : `(${names.join(', ')})`}`;
};
