import type { LogEvent } from '../../../model/log-event.ts';
import type { DetectionItem, SigmaRule } from '../rule/rule.ts';

/** A rule that matched an event, and why. */
export interface SigmaHit {
  readonly rule: SigmaRule;
  readonly event: LogEvent;
  /** Selections that matched, those under `not` in the condition too if they did. */
  readonly selections: readonly MatchedSelection[];
}

export interface MatchedSelection {
  readonly name: string;
  /** Items that matched within it. */
  readonly items: readonly DetectionItem[];
}
