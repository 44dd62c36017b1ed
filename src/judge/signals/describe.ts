import type { CountRange, Signal } from '../../model/signal.ts';
import { plural } from '../../util/plural.ts';
import type { Spacing } from './spacing.ts';

/** `15 rows`, `at least 1 row`, `14–16 rows`, `no rows`. */
export const describeCount = ({ min, max }: CountRange): string => {
  if (max === 0) return 'no rows';
  if (max === null) return `at least ${plural(min, 'row')}`;
  if (min === max) return plural(min, 'row');
  return min === 0 ? `at most ${plural(max, 'row')}` : `${min}–${max} rows`;
};

/** What a signal asks for: `15 rows, every 5 s ± 1 s, not before process-start`. */
export const describeWant = (signal: Signal): string =>
  [
    describeCount(signal.count),
    ...(signal.every === null ? [] : [`every ${signal.every.intervalSeconds} s ± ${signal.every.toleranceSeconds} s`]),
    ...(signal.orderedAfter === null ? [] : [`not before ${signal.orderedAfter}`]),
  ].join(', ');

/** What was measured: `15 rows, every 5.02 s (4.98–5.07)`. */
export const describeRows = (rows: number, spacing: Spacing | null): string =>
  spacing === null
    ? plural(rows, 'row')
    : `${plural(rows, 'row')}, every ${spacing.mean.toFixed(2)} s (${spacing.shortest.toFixed(2)}–${spacing.longest.toFixed(2)})`;
