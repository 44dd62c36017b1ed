import type { ConditionNode } from '../condition/condition.ts';
import type { LogSourceSpec, Selection, SigmaMeta } from '../rule/rule.ts';

/** A condition that is added to other rules. */
export interface SigmaFilter extends SigmaMeta {
  readonly kind: 'filter';
  readonly logsource: LogSourceSpec;
  /** Ids or names; `any` is every rule of the log source. */
  readonly rules: readonly string[] | 'any';
  readonly selections: readonly Selection[];
  readonly condition: ConditionNode;
}

/**
 * Implementations disagree. `as-written` (pySigma): a rule matches where its condition and the filter's hold, so that authors write
 * `not`. `exclude`: a rule matches where the filter's condition does not hold, as the specification's example seems to mean.
 */
export type FilterMeaning = 'as-written' | 'exclude';
