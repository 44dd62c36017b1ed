import type { Signal } from '../../model/signal.ts';
import type { SignalVerdict } from '../../model/verdict.ts';
import { describeRows } from './describe.ts';
import type { MatchedRow } from './matched-row.ts';
import { isRegular, spacingOf } from './spacing.ts';

export interface SignalFinding {
  readonly verdict: SignalVerdict;
  readonly got: string;
}

/**
 * Whether `rows` are what `signal` asks for. `rowsOf` gives the matched rows of another signal of the same test, or undefined
 * when that one could not be observed.
 */
export const judgeSignal = (
  signal: Signal,
  rows: readonly MatchedRow[],
  rowsOf: (id: string) => readonly MatchedRow[] | undefined,
): SignalFinding => {
  const spacing = spacingOf(rows.map((row) => row.time));
  const { min, max } = signal.count;
  const counted = rows.length >= min && (max === null || rows.length <= max);
  const regular = signal.every === null || isRegular(spacing, signal.every);
  const order = orderProblem(signal, rows, rowsOf);
  const measured = describeRows(rows.length, signal.every === null ? null : spacing);
  return {
    verdict: counted && regular && order === null ? 'seen' : 'absent',
    got: order === null ? measured : `${measured}, ${order}`,
  };
};

const orderProblem = (
  signal: Signal,
  rows: readonly MatchedRow[],
  rowsOf: (id: string) => readonly MatchedRow[] | undefined,
): string | null => {
  const own = rows[0];
  if (signal.orderedAfter === null || own === undefined) return null;
  const first = rowsOf(signal.orderedAfter)?.[0];
  if (first === undefined) return `${signal.orderedAfter} was not seen`;
  return own.time >= first.time
    ? null
    : `${((first.time - own.time) / 1_000_000).toFixed(3)} s before ${signal.orderedAfter}`;
};
