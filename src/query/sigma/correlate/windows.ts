import type { Micros } from '../../../model/event.ts';
import type { Occurrence } from './occurrence.ts';

/** What a window comes to: it holds, more may still make it hold, or it has too much. */
export type Judgement =
  { readonly kind: 'holds'; readonly value: number } | { readonly kind: 'too-little' | 'too-much' };

export interface FoundWindow {
  readonly occurrences: readonly Occurrence[];
  readonly value: number;
}

/**
 * Slides over occurrences in the order of time: a window begins at each of them and holds all that follow within the timespan, its
 * end included. What one window reports, no later one reports again; nor is a part of a window that has too much taken for less.
 */
export const slide = (
  occurrences: readonly Occurrence[],
  timespan: Micros,
  judge: (window: readonly Occurrence[]) => Judgement,
): readonly FoundWindow[] => {
  const found: FoundWindow[] = [];
  let end = 0;
  for (let start = 0; start < occurrences.length;) {
    const last = (occurrences[start]?.time ?? 0) + timespan;
    end = Math.max(end, start);
    while (end < occurrences.length && (occurrences[end]?.time ?? 0) <= last) end++;
    const window = occurrences.slice(start, end);
    const judgement = judge(window);
    if (judgement.kind === 'holds') found.push({ occurrences: window, value: judgement.value });
    start = judgement.kind === 'too-little' ? start + 1 : end;
  }
  return found;
};
