import type { LogEvent } from '../../../model/log-event.ts';
import type { ColumnInfo } from '../../../model/table.ts';
import { sqlName, type Database } from '../../../telemetry/database.ts';
import { createExecutor } from '../../run/execute.ts';
import { renderPlan } from '../../sql/render-plan.ts';
import { ticksOfMicros } from '../../values/ticks.ts';
import { itemsOf } from '../interpret/interpreter.ts';
import { withPlainNames } from '../interpret/plain-names.ts';
import { isList, readField } from '../interpret/read-field.ts';
import { viewFor } from '../logsource/applies.ts';
import type { DetectionItem, SigmaRule } from '../rule/rule.ts';
import type { Matcher } from '../values/matcher.ts';
import { planRule } from './plan-rule.ts';

/** What SQL says of events, as their numbers in the list. */
export interface PlanDecision {
  /** Those that a row can hold: no list, and nothing that is there and null. */
  readonly compared: ReadonlySet<number>;
  readonly matched: ReadonlySet<number>;
}

const table = 'sigma events';
/** No field is called that. */
const row: ColumnInfo = { name: '\0row', type: 'long' };

/** Decides a rule of single events by its plan, over a table with a row an event: the way of `query` and `explain`. */
export const decideByPlan = async (
  database: Database,
  rule: SigmaRule,
  events: readonly LogEvent[],
): Promise<PlanDecision> => {
  const views = events.map((event) => withPlainNames(viewFor(rule.logsource, event).fields));
  const names = fieldsOf(rule) ?? [...new Set(views.flatMap((fields) => Object.keys(fields)))];
  const columns = names.map((name): ColumnInfo => ({ name, type: 'string' }));
  const rows = views.flatMap((fields, index) => {
    const values = names.map((name) => readField(fields, name));
    return values.some((value) => value === null || (value !== undefined && isList(value))) ? [] : [{ index, values }];
  });
  const definitions = [`x0 BIGINT`, ...columns.map((_, index) => `x${index + 1} VARCHAR`)];
  await database.run(`CREATE TABLE ${sqlName(table)} (${definitions.join(', ')})`);
  try {
    const appender = await database.connection.createAppender(table);
    for (const { index, values } of rows) {
      appender.appendBigInt(BigInt(index));
      for (const value of values) {
        if (value === undefined) appender.appendNull();
        else appender.appendVarchar(String(value));
      }
      appender.endRow();
    }
    appender.closeSync();
    const { plan } = planRule(rule, { info: { name: table, columns }, mapping: { table } }, '', { hidden: [row] });
    const source = { sql: sqlName(table), columns: [row, ...columns] };
    const statement = renderPlan(plan, { tables: new Map([[table, source]]), now: ticksOfMicros(0), relax: [] });
    const found = await createExecutor(database).read(statement);
    return {
      compared: new Set(rows.map(({ index }) => index)),
      matched: new Set(found.rows.map(([index]) => Number(index))),
    };
  } finally {
    await database.run(`DROP TABLE ${sqlName(table)}`);
  }
};

/** The fields that a rule reads; null when it asks for words anywhere. */
const fieldsOf = (rule: SigmaRule): readonly string[] | null => {
  const items = rule.selections.flatMap(({ search }) => itemsOf(search));
  if (items.some(({ field }) => field === null)) return null;
  return [...new Set(items.flatMap(namesOf))];
};

const namesOf = ({ field, matchers }: DetectionItem): readonly string[] => [
  ...(field === null ? [] : [field]),
  ...matchers.flatMap(referencesOf),
];

const referencesOf = (matcher: Matcher): readonly string[] => {
  if (matcher.kind === 'any') return matcher.of.flatMap(referencesOf);
  return matcher.kind === 'fieldref' ? [matcher.field] : [];
};
