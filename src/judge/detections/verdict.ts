import type { DetectionExpectation } from '../../model/scenario.ts';
import type { DetectionVerdict, Reason } from '../../model/verdict.ts';

/** What is known of one detection on one atomic once it has run. */
export interface Facts {
  readonly fired: boolean;
  /** It would have fired on the background alone. */
  readonly withoutAttack: boolean;
  /** Nobody claims that it catches this attack, or the scenario says that it must not. */
  readonly silenceExpected: boolean;
  /** The scenario says that it must not fire. */
  readonly mustNotFire: boolean;
  readonly blind: boolean;
}

/** The first that applies of fired/noisy, blind, missed, quiet; what comes before them is known before anything runs. */
export const verdictOf = (facts: Facts): DetectionVerdict => {
  if (facts.fired) return facts.withoutAttack || facts.mustNotFire ? 'noisy' : 'fired';
  if (facts.blind) return 'blind';
  return facts.silenceExpected ? 'quiet' : 'missed';
};

export interface Outcome {
  readonly verdict: DetectionVerdict;
  readonly reason: Reason | null;
  readonly phases: { readonly tried: number; readonly fired: number };
}

/**
 * Whether a verdict is what the scenario expects. A rule that fires at some start offsets and not at others never meets a plain
 * `fired`; an expectation may give a range of shares instead. Without an expectation only an error is unmet.
 */
export const isMet = (expectation: DetectionExpectation | null, { verdict, reason, phases }: Outcome): boolean => {
  if (expectation === null) return verdict !== 'error';
  if (expectation.verdict !== verdict) return false;
  if (expectation.clause !== null && !(reason?.clause ?? '').includes(expectation.clause)) return false;
  if (verdict !== 'fired') return true;
  const { phaseShare } = expectation;
  if (phaseShare === null) return phases.fired === phases.tried;
  const percent = (100 * phases.fired) / phases.tried;
  return percent >= phaseShare.min && percent <= (phaseShare.max ?? 100);
};

/** What a verdict lacks that has the expected name and still does not meet the expectation; null when that is not so. */
export const shortfall = (expectation: DetectionExpectation | null, outcome: Outcome): string | null => {
  if (expectation === null || expectation.verdict !== outcome.verdict || isMet(expectation, outcome)) return null;
  const { clause, phaseShare } = expectation;
  if (clause !== null && !(outcome.reason?.clause ?? '').includes(clause))
    return `the scenario expects it at ${clause}`;
  const share =
    phaseShare === null ? 'every start offset' : `${phaseShare.min} to ${phaseShare.max ?? 100} % of start offsets`;
  return `the scenario expects ${share}`;
};
