import type { Result } from '../../../../model/run-result.ts';
import type { DetectionResult, DetectionVerdict, SignalVerdict } from '../../../../model/verdict.ts';
import type { Row } from '../filter/row.ts';

/** Worst first. */
export const detectionVerdicts: readonly DetectionVerdict[] = [
  'error',
  'not-run',
  'noisy',
  'missed',
  'blind',
  'broken',
  'fired',
  'quiet',
];

export const signalVerdicts: readonly SignalVerdict[] = ['absent', 'unobservable', 'seen'];

const rank = ({ met, verdict }: Pick<DetectionResult, 'met' | 'verdict'>): number =>
  (met ? detectionVerdicts.length : 0) + detectionVerdicts.indexOf(verdict);

const worstRank = (rows: readonly Row[]): number =>
  Math.min(...rows.map((row) => (row.detection === null ? Infinity : rank(row.detection))));

const unmetSignals = (result: Result): number => result.signals.filter((signal) => !signal.met).length;

export interface ResultGroup {
  readonly result: Result;
  readonly rows: readonly Row[];
}

/** Rows by their test: tests with an unmet expectation first, then by their worst verdict; the run's own order decides ties. */
export const worstFirst = (rows: readonly Row[]): readonly ResultGroup[] =>
  [...Map.groupBy(rows, (row) => row.result)]
    .map(([result, own]) => ({
      result,
      rows: own.toSorted((a, b) => (a.detection && b.detection ? rank(a.detection) - rank(b.detection) : 0)),
    }))
    .toSorted(
      (a, b) =>
        Math.sign(unmetSignals(b.result)) - Math.sign(unmetSignals(a.result)) || worstRank(a.rows) - worstRank(b.rows),
    );
