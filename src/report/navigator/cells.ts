import { currentTechnique } from '../../attack/attack.ts';
import { assertNever } from '../../model/assert-never.ts';
import type { RunResult, TechniqueCoverage } from '../../model/run-result.ts';
import { plural } from '../../util/plural.ts';

/** What a layer shows of one technique. */
export interface Cell {
  /** Percent; null where nothing was tried. */
  readonly score: number | null;
  readonly color: string;
  /** Never a percentage without its denominator. */
  readonly comment: string;
}

const untested: Cell = { score: null, color: '#e6e6e6', comment: 'not tested: a rule claims it, no test ran' };

const percent = (part: number, whole: number): number => Math.round((100 * part) / whole);

export const detectionCell = ({ status, fired, tried }: TechniqueCoverage): Cell => {
  if (tried === 0) return untested;
  return {
    score: percent(fired, tried),
    color: detectionColor(status),
    comment: `${status}: ${fired} of ${plural(tried, 'test')} detected`,
  };
};

const detectionColor = (status: TechniqueCoverage['status']): string => {
  switch (status) {
    case 'detected':
      return '#2e9e5b';
    case 'partial':
      return '#b5d99c';
    case 'telemetry-only':
      return '#f2c14e';
    case 'noisy':
      return '#c77dbb';
    case 'blind':
      return '#8c8c8c';
    case 'untested':
      return '#e6e6e6';
    default:
      return assertNever(status);
  }
};

/** A test was seen when one of its signals was. */
export const visibilityCell = ({ results }: RunResult, { technique }: TechniqueCoverage): Cell => {
  const executed = results.filter(
    (result) => sameTechnique(result.technique, technique) && result.executed.status === 'executed',
  );
  if (executed.length === 0) return untested;
  const seen = executed.filter(({ signals }) => signals.some(({ verdict }) => verdict === 'seen')).length;
  return {
    score: percent(seen, executed.length),
    color: seen === executed.length ? '#2f81b7' : seen > 0 ? '#9cc9e3' : '#8c8c8c',
    comment: `signals seen in ${seen} of ${plural(executed.length, 'test')}`,
  };
};

/** Revoked ids count as their successors, as they do in coverage. */
const sameTechnique = (left: string, right: string): boolean => (currentTechnique(left)?.id ?? left) === right;
