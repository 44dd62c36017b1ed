import type { BaselineDetection, ChangeKind } from '../../model/baseline.ts';
import type { DetectionVerdict } from '../../model/verdict.ts';

const isGood = (verdict: DetectionVerdict): boolean => verdict === 'fired' || verdict === 'quiet';

const worse: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  'newly missed',
  'newly blind',
  'newly broken',
  'newly noisy',
  'newly not-run',
  'newly error',
  'lost',
  'weaker',
]);

/** Whether a change is for the worse, and ends a nightly job with exit code 1. */
export const isRegression = (kind: ChangeKind): boolean => worse.has(kind);

/** Null when nothing changed that a reader must know of. */
export const changeKind = (before: BaselineDetection | null, after: BaselineDetection | null): ChangeKind | null => {
  if (before === null || after === null) return before === null ? 'new' : 'lost';
  if (before.verdict !== after.verdict) return verdictChange(before.verdict, after.verdict);
  // Shares, not counts: a rule whose period changed is tried at another number of offsets.
  const [old, now] = [before.fired * after.tried, after.fired * before.tried];
  return old === now ? null : now < old ? 'weaker' : 'stronger';
};

/** Any other kind of gap than before is new: that a rule which was missed is now broken must not look like nothing. */
const verdictChange = (before: DetectionVerdict, after: DetectionVerdict): ChangeKind => {
  if (after !== 'fired' && after !== 'quiet') return `newly ${after}`;
  return isGood(before) ? 'other' : 'fixed';
};
