import type { Micros } from '../../model/event.ts';
import type { CompiledQuery } from '../../query/engine.ts';
import { sqlName, type Database } from '../../telemetry/database.ts';
import type { Hub, ProductTable } from '../../telemetry/hub.ts';
import type { TimeLine } from './distinct-executions.ts';
import type { Span } from './span.ts';

export interface DrillTime {
  /** Of the rows that the variant left in the query's tables; null when it left none. */
  readonly span: Span | null;
  readonly line: TimeLine;
}

/** When things happened in the tables that `query` reads, in the hub's present scope. */
export const readDrillTime = async (hub: Hub, query: CompiledQuery, variant: string): Promise<DrillTime> => {
  const tables = query.tables.flatMap((name) => hub.tables.get(name) ?? []);
  const events: Micros[] = [];
  const own: Micros[] = [];
  const values = new Set<Micros>();
  for (const table of tables) {
    const sql = `SELECT epoch_us("tocsin.time"), "tocsin.variant" FROM ${table.evidenceSql} WHERE "tocsin.time" IS NOT NULL`;
    for (const [time, cause] of (await hub.database.read(sql)).rows) {
      events.push(Number(time));
      if (cause === variant) own.push(Number(time));
    }
    if (query.lookbacks !== undefined) for (const value of await datetimeValues(hub.database, table)) values.add(value);
  }
  const span = own.length === 0 ? null : { first: own.reduce(min), last: own.reduce(max) };
  const lookbacks = query.lookbacks ?? null;
  return { span, line: { events: events.sort(ascending), values: [...values].sort(ascending), lookbacks } };
};

const datetimeValues = async (database: Database, table: ProductTable): Promise<readonly Micros[]> => {
  const columns = table.info.columns.filter((column) => column.type === 'datetime');
  if (columns.length === 0) return [];
  const selects = columns.map(({ name }) => `SELECT epoch_us(${sqlName(name)}) AS value FROM ${table.evidenceSql}`);
  const { rows } = await database.read(
    `SELECT DISTINCT value FROM (${selects.join(' UNION ALL ')}) WHERE value IS NOT NULL`,
  );
  return rows.map(([value]) => Number(value));
};

const ascending = (a: number, b: number): number => a - b;
const min = (a: number, b: number): number => Math.min(a, b);
const max = (a: number, b: number): number => Math.max(a, b);
