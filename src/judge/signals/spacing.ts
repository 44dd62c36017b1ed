import type { Micros } from '../../model/event.ts';
import type { Signal } from '../../model/signal.ts';

/** Seconds between consecutive rows. */
export interface Spacing {
  readonly mean: number;
  readonly shortest: number;
  readonly longest: number;
}

/** Times in ascending order; null when there are not two. */
export const spacingOf = (times: readonly Micros[]): Spacing | null => {
  const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? time)) / 1_000_000);
  if (gaps.length === 0) return null;
  return {
    mean: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length,
    shortest: Math.min(...gaps),
    longest: Math.max(...gaps),
  };
};

/** Every gap is the interval, give or take the tolerance. Where there is no gap, nothing contradicts it. */
export const isRegular = (spacing: Spacing | null, every: NonNullable<Signal['every']>): boolean =>
  spacing === null ||
  (spacing.shortest >= every.intervalSeconds - every.toleranceSeconds &&
    spacing.longest <= every.intervalSeconds + every.toleranceSeconds);
