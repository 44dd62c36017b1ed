import type { Claim, Observation } from './claims.ts';
import type { Facts } from './facts.ts';

export type Outcome = 'holds' | 'not run yet' | 'untrue' | 'unreachable' | 'untested';

/** What the runs say of a claim: it holds where every observation is as the seeds have it. */
export const outcomeOf = ({ tried, read }: Claim, facts: Facts): Outcome => {
  if (tried === undefined) return read ?? 'untested';
  if (tried.some((one) => observedAt(one, facts) === undefined)) return 'not run yet';
  return tried.every((one) => isAsSaid(one, facts)) ? 'holds' : 'untrue';
};

export const observedAt = ({ scenario, variant, detection, signal }: Observation, facts: Facts) => {
  const found = facts[scenario]?.[variant];
  if (detection !== undefined) return found?.detections[detection];
  return signal === undefined ? undefined : found?.signals[signal];
};

const isAsSaid = (one: Observation, facts: Facts): boolean => {
  const found = observedAt(one, facts);
  if (found?.verdict !== one.verdict) return false;
  const { row } = one;
  if (row === undefined) return true;
  const rows = 'rows' in found ? (found.rows ?? []) : [];
  return rows.some((actual) => Object.entries(row).every(([name, value]) => String(actual[name]) === String(value)));
};
