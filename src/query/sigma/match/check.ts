import type { Diagnostic } from '../../../model/diagnostic.ts';
import type { LogEvent } from '../../../model/log-event.ts';
import type { Interpreter } from '../interpret/interpreter.ts';
import { viewFor } from '../logsource/applies.ts';
import type { SigmaRule } from '../rule/rule.ts';
import { takeOver, type Budget } from './budget.ts';
import type { Route } from './route.ts';

export interface CheckOptions {
  /** Hits of each rule that the interpreter decides again: the first ones. */
  readonly checkedHits: number;
  /** Every rule is decided again on one event in so many. */
  readonly checkedEvery: number;
}

/** Holds the matcher to the plain interpreter while it runs, at a cost that does not show. */
export const createCheck = (interpreter: Interpreter, budget: Budget, { checkedHits, checkedEvery }: CheckOptions) => {
  const disagreements: Diagnostic[] = [];
  const checked = new Map<SigmaRule, number>();
  let events = 0;
  const compare = (rule: SigmaRule, event: LogEvent, wasFound: boolean): void => {
    budget.isOver = false;
    const isMatch = interpreter.match(rule, viewFor(rule.logsource, event));
    // What comes to no end has no answer to compare.
    if (takeOver(budget) || isMatch === wasFound) return;
    disagreements.push({
      code: 'sigma/disagreement',
      severity: 'error',
      message: `"${rule.title}" ${wasFound ? 'matches' : 'does not match'} record ${event.origin.record} of ${event.origin.file}; the interpreter says otherwise`,
      place: rule.place,
    });
  };
  return {
    disagreements,
    /** `found`: numbers, among the route's rules, of those that matched. */
    event: ({ rules, undecided }: Route, event: LogEvent, found: readonly number[]): void => {
      if (++events % checkedEvery === 0 || events === firstChecked) {
        for (const [number, { rule }] of rules.entries())
          if (!undecided.includes(number)) compare(rule, event, found.includes(number));
        return;
      }
      for (const number of found) {
        const rule = rules[number]?.rule;
        if (rule === undefined) continue;
        const before = checked.get(rule) ?? 0;
        if (before >= checkedHits) continue;
        checked.set(rule, before + 1);
        compare(rule, event, true);
      }
    },
  };
};

/** Short hunts are checked too. */
const firstChecked = 100;
