import type { Column } from '../plan/expr.ts';
import type { Plan } from '../plan/plan.ts';
import type { TableStage } from '../plan/stage.ts';
import type { TableSource } from './render-table.ts';

/**
 * A base table's column as it is stored, beside the column that the query languages read. A condition on the stored value is one that
 * the database can check while it scans, and spares converting it in the rows that go.
 */
export interface RawColumn {
  /** `text`: a VARCHAR whose NULL is the empty text. `moment`: a TIMESTAMP. `json`: JSON, or text of it, in any form. */
  readonly kind: 'text' | 'moment' | 'json';
  readonly sql: string;
  /** The query language's value, from the stored one. */
  readonly held: string;
}

/** By the id of the column that it stands beside. */
export type RawColumns = ReadonlyMap<string, RawColumn>;

/** Ticks of 1970-01-01. */
export const unixEpoch = 621_355_968_000_000_000n;

const none: RawColumns = new Map();

const rawColumn = ({ id, type }: Column, source: TableSource, nullText: boolean): RawColumn | null => {
  const sql = `raw_${id}`;
  if (type === 'string' && !nullText) return { kind: 'text', sql, held: `coalesce(${sql}, '')` };
  if (type === 'datetime' && source.datetimes !== 'ticks')
    return { kind: 'moment', sql, held: `(epoch_us(${sql}) * 10 + ${unixEpoch})` };
  if (type === 'dynamic') return { kind: 'json', sql, held: `nullif(json(${sql})::VARCHAR, 'null')` };
  return null;
};

/** Those of a table that are wanted and are not stored just as they are read. */
export const rawColumnsOfTable = (
  { output, nullText }: TableStage,
  source: TableSource | undefined,
  needed: ReadonlySet<string>,
): RawColumns =>
  source === undefined || source.held === true
    ? none
    : new Map(
        output.flatMap((column) => {
          const raw = needed.has(column.id) ? rawColumn(column, source, nullText === true) : null;
          return raw === null ? [] : [[column.id, raw] as const];
        }),
      );

/** The raw columns that each stage's rows still have: stages that only drop, add to or order rows keep them. */
export const rawColumnsOf = (
  plan: Plan,
  tables: ReadonlyMap<string, TableSource>,
  needed: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, RawColumns> => {
  const found = new Map<string, RawColumns>();
  for (const stage of plan.stages) {
    switch (stage.kind) {
      case 'table':
        found.set(stage.id, rawColumnsOfTable(stage, tables.get(stage.table), needed.get(stage.id) ?? new Set()));
        break;
      case 'filter':
      case 'extend':
      case 'sort':
      case 'limit':
        found.set(stage.id, found.get(stage.input) ?? none);
        break;
      default:
    }
  }
  return found;
};
