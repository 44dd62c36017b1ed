import type { Value } from '../values/value.ts';
import type { Sink } from './signals.ts';

/** What a call without a result gives: nothing at all, where `$null` would be one value. */
export const noResult: Value = Object.freeze([]) as unknown as Value[];

/** Sends a result on as the pipeline does: lists go element by element, everything else as it is. */
export const emit = async (value: Value, sink: Sink): Promise<void> => {
  if (!Array.isArray(value)) {
    await sink(value);
    return;
  }
  for (const item of value) await sink(item);
};

/** Several results become a list, one stays itself, none is null. */
export const fromResults = (results: readonly Value[]): Value =>
  results.length > 1 ? [...results] : (results[0] ?? null);

export const collector = (): { readonly sink: Sink; readonly results: Value[] } => {
  const results: Value[] = [];
  return { results, sink: (value) => void results.push(value) };
};
