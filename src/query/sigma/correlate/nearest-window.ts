import type { Bounds, Correlation } from './correlation.ts';
import { judgeWindow, measureWindow } from './judge-window.ts';
import type { CorrelationHit, Occurrence, OccurrenceGroup } from './occurrence.ts';
import { slide } from './windows.ts';

/** The window that came nearest to what a correlation asks for. */
export interface NearestWindow {
  readonly group: CorrelationHit['group'];
  /** What was counted or measured; null when there was nothing to measure. */
  readonly value: number | null;
  /** By rule as the correlation names it: how often it occurs in the window. Every one of them is here. */
  readonly hits: ReadonlyMap<string, number>;
}

/** Of all windows that were judged and did not hold; null when there was none. */
export const nearestWindow = (correlation: Correlation, groups: readonly OccurrenceGroup[]): NearestWindow | null => {
  let nearest: { readonly window: NearestWindow; readonly distance: number; readonly size: number } | null = null;
  for (const { group, occurrences } of groups) {
    slide(occurrences, correlation.timespanMicros, (window) => {
      const judgement = judgeWindow(correlation, window);
      if (judgement.kind === 'holds') return judgement;
      const value = measureWindow(correlation, window);
      const found = { distance: distanceOf(correlation, value), size: window.length };
      const nearer =
        nearest === null ||
        found.distance < nearest.distance ||
        (found.distance === nearest.distance && found.size > nearest.size);
      if (nearer) nearest = { window: { group, value, hits: countsOf(correlation, window) }, ...found };
      return judgement;
    });
  }
  return (nearest as { readonly window: NearestWindow } | null)?.window ?? null;
};

const countsOf = ({ rules }: Correlation, window: readonly Occurrence[]): ReadonlyMap<string, number> => {
  const counts = new Map(rules.map((rule) => [rule, 0]));
  for (const { rule } of window) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
};

/** How far off: from the bounds, or in rules that do not occur. */
const distanceOf = ({ bounds, rules }: Correlation, value: number | null): number => {
  if (value === null) return Infinity;
  return bounds.length === 0 ? new Set(rules).size - value : farthest(bounds, value);
};

const farthest = (bounds: Bounds, value: number): number =>
  Math.max(
    ...bounds.map(({ operator, value: bound }) => {
      switch (operator) {
        case 'gt':
        case 'gte':
          return bound - value;
        case 'lt':
        case 'lte':
          return value - bound;
        case 'eq':
          return Math.abs(value - bound);
        case 'neq':
          return 0;
      }
    }),
  );
