import type { Diagnostic } from '../../model/diagnostic.ts';
import type { LogEvent } from '../../model/log-event.ts';
import { decideByPlan } from '../../query/sigma/plan/decide-by-plan.ts';
import type { SigmaRule } from '../../query/sigma/rule/rule.ts';
import type { Database } from '../../telemetry/database.ts';

/** An event, and whether a rule matches it by the engine that the others are compared with. */
export interface Decided {
  readonly event: LogEvent;
  readonly isMatch: boolean;
}

/** Has SQL decide events again. A disagreement is an error, whoever is right. */
export const compareWithSql = async (
  database: Database,
  rule: SigmaRule,
  decided: readonly Decided[],
): Promise<{ readonly compared: number; readonly diagnostics: readonly Diagnostic[] }> => {
  const { compared, matched } = await decideByPlan(
    database,
    rule,
    decided.map(({ event }) => event),
  );
  const other = [...compared].filter((index) => decided[index]?.isMatch !== matched.has(index));
  return {
    compared: compared.size,
    diagnostics: other.flatMap((index) => {
      const one = decided[index];
      return one === undefined ? [] : [disagreement(rule, one.event, 'SQL', matched.has(index))];
    }),
  };
};

export const disagreement = (rule: SigmaRule, { origin }: LogEvent, by: string, isMatch: boolean): Diagnostic => ({
  code: 'sigma/disagreement',
  severity: 'error',
  message: `"${rule.title}" ${isMatch ? 'matches' : 'does not match'} record ${origin.record} of ${origin.file} by ${by}; the others say otherwise`,
  place: rule.place,
});
