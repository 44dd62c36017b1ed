import type { Reason } from '../../../model/verdict.ts';

/** What was found out of a rule or a correlation that another correlation is over. */
export interface Part {
  /** Null where it says no more than its count of hits. */
  readonly summary: string | null;
  /** The first of its rules without a hit, explained. */
  readonly reason: Reason | null;
  /** Why it could not have been seen; null: it could. */
  readonly blind: string | null;
}
