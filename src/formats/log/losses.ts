import type { Loss } from '../../model/loss.ts';

/** Counts what of one file could not be used, by kind and reason, and keeps the first example of each. */
export interface LogLosses {
  add(kind: Loss['kind'], reason: string, example?: string, count?: number): void;
  list(): readonly Loss[];
}

const longestExample = 200;

/** Reasons are ours and few, so a hostile file cannot make this grow. */
export const createLogLosses = (source: string): LogLosses => {
  const counts = new Map<string, { kind: Loss['kind']; detail: string; count: number }>();
  return {
    add: (kind, reason, example, count = 1) => {
      const key = `${kind} ${reason}`;
      const known = counts.get(key);
      if (known !== undefined) known.count += count;
      else {
        const detail = example === undefined ? reason : `${reason}, for example: ${oneLine(example)}`;
        counts.set(key, { kind, detail, count });
      }
    },
    list: () =>
      [...counts.entries()]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([, loss]) => ({ source, host: null, ...loss })),
  };
};

/** A log's text without control characters. */
const oneLine = (text: string): string => {
  const shown = text.slice(0, longestExample).replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
  return text.length > longestExample ? `${shown}…` : shown;
};
