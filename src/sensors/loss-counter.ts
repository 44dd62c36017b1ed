import type { Loss } from '../model/loss.ts';

/** Counts what a sensor could not use, by kind and reason, and keeps the first example of each. */
export interface LossCounter {
  add(kind: Loss['kind'], reason: string, example?: string, count?: number): void;
  list(): readonly Loss[];
}

const longestExample = 200;

export const createLossCounter = (source: string, host: string): LossCounter => {
  const counts = new Map<string, { kind: Loss['kind']; reason: string; example: string | null; count: number }>();
  return {
    add: (kind, reason, example, count = 1) => {
      const key = `${kind} ${reason}`;
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { kind, reason, example: example ?? null, count });
      else known.count += count;
    },
    list: () =>
      [...counts.entries()]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([, { kind, reason, example, count }]) => ({
          source,
          host,
          kind,
          count,
          detail: example === null ? reason : `${reason}, for example: ${shown(example)}`,
        })),
  };
};

/** A host's text in one short line without control characters. */
const shown = (text: string): string => {
  const line = text.replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
  return line.length > longestExample ? `${line.slice(0, longestExample)}…` : line;
};
