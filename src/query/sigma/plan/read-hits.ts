import type { DuckDBValue } from '@duckdb/node-api';
import type { LogEvent, LogSource, LogValue } from '../../../model/log-event.ts';
import type { ColumnInfo } from '../../../model/table.ts';
import { sqlName } from '../../../telemetry/database.ts';
import { toCell } from '../../run/cells.ts';
import type { Executor } from '../../run/execute.ts';
import { renderPlan } from '../../sql/render-plan.ts';
import type { TableSource } from '../../sql/render-table.ts';
import { ticksOfMicros } from '../../values/ticks.ts';
import type { RuleHit } from '../correlate/correlate.ts';
import type { CorrelatedRule } from './compile-correlation.ts';

/** When a row happened, in microseconds; named like the other columns of evidence, which no product has. */
export const micros: ColumnInfo = { name: 'tocsin.micros', type: 'long' };

export interface ReadHitsOptions {
  /** The rows of a rule's table; null when there are none. */
  readonly sourceOf: (table: string) => TableSource | null;
  /** SQL of a row's time in microseconds, over the table's columns; null where nothing says it. */
  readonly timeOf: (table: string) => string | null;
  readonly signal: AbortSignal;
}

/** The rows that rules match, as events that correlations can be run over: a row that two rules match is one event. */
export const readHits = async (
  executor: Executor,
  rules: readonly CorrelatedRule[],
  { sourceOf, timeOf, signal }: ReadHitsOptions,
): Promise<readonly RuleHit[]> => {
  const events = new Map<string, LogEvent>();
  const hits: RuleHit[] = [];
  for (const { rule, planned } of rules) {
    const source = planned === null ? null : sourceOf(planned.table.info.name);
    if (planned === null || source === null) continue;
    const { info, mapping } = planned.table;
    const names = source.columns.map(({ name }) => sqlName(name));
    const timed: TableSource = {
      ...source,
      sql: `(SELECT ${[`${timeOf(info.name) ?? 'NULL'} AS ${sqlName(micros.name)}`, ...names].join(', ')} FROM ${source.sql})`,
      columns: [micros, ...source.columns],
    };
    const tables = new Map([[info.name, timed]]);
    // A rule of single events has no `now`.
    const statement = renderPlan(planned.hits, { tables, now: ticksOfMicros(0), relax: [] });
    const { rows } = await executor.read(statement, signal);
    const seen = new Map<string, number>();
    for (const [time = null, ...cells] of rows) {
      const fields = fieldsOf(info.columns, cells, mapping.columns ?? {});
      // Rows that say the same are told apart by their turn, which is the same for every rule that matches them.
      const row = JSON.stringify([info.name, String(time), fields]);
      const turn = seen.get(row) ?? 0;
      seen.set(row, turn + 1);
      const key = `${row} ${turn}`;
      const event = events.get(key) ?? {
        source: anySource,
        time: time === null ? null : Number(time),
        fields,
        origin: { file: info.name, record: events.size + 1 },
      };
      events.set(key, event);
      hits.push({ rule, event });
    }
  }
  return hits;
};

const anySource: LogSource = {
  product: null,
  service: null,
  category: null,
  channel: null,
  provider: null,
  eventId: null,
};

/** A row under its columns' names, and under those that Sigma has for them. */
const fieldsOf = (
  columns: readonly ColumnInfo[],
  cells: readonly DuckDBValue[],
  named: Readonly<Record<string, string>>,
): Readonly<Record<string, LogValue>> => {
  const fields: Record<string, LogValue> = {};
  columns.forEach(({ name, type }, index) => {
    const value = cells[index] ?? null;
    const cell = value === null ? null : toCell(value, type);
    if (cell === null) return;
    fields[name] = typeof cell === 'bigint' ? String(cell) : typeof cell === 'object' ? JSON.stringify(cell) : cell;
  });
  const own = { ...fields };
  for (const [field, column] of Object.entries(named)) {
    const value = own[column];
    if (value === undefined) delete fields[field];
    else fields[field] = value;
  }
  return fields;
};
