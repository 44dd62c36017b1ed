import type { HuntData, HuntFile, HuntSource } from '../../model/hunt.ts';
import type { LogSource } from '../../model/log-event.ts';
import type { Loss } from '../../model/loss.ts';
import type { LogPart } from '../log-sources/plan-parts.ts';
import type { PartResult } from './match-part.ts';

/** Puts what became of parts together by file and by source. Takes them in their order. */
export const createDataCounts = () => {
  const files = new Map<string, HuntFile>();
  const sources = new Map<string, { source: LogSource; events: number; rules: number }>();
  const lines = new Map<string, number>();
  let outside = 0;
  let untimed = 0;
  return {
    /** By how much the numbers of a part's records have to grow. */
    add: (part: LogPart, result: PartResult): number => {
      const { name, path, bytes } = part.file;
      const before = files.get(path);
      files.set(path, {
        file: name,
        format: result.format,
        bytes,
        events: (before?.events ?? 0) + result.events,
        reason: result.reason,
        losses: addLosses(before?.losses ?? [], result.losses),
      });
      outside += result.outside;
      untimed += result.untimed;
      for (const { source, events, rules } of result.sources) {
        const key = JSON.stringify(source);
        const known = sources.get(key);
        if (known === undefined) sources.set(key, { source, events, rules });
        else known.events += events;
      }
      const linesBefore = lines.get(path) ?? 0;
      lines.set(path, linesBefore + result.lines);
      return linesBefore;
    },
    result: (): HuntData => ({
      files: [...files.values()],
      events: [...files.values()].reduce((sum, { events }) => sum + events, 0),
      outside,
      untimed,
      sources: [...sources.values()].sort(compareSources),
    }),
  };
};

const addLosses = (before: readonly Loss[], more: readonly Loss[]): readonly Loss[] =>
  more.reduce((all, loss) => {
    // The example differs from part to part, the reason before it does not.
    const same = all.findIndex(({ kind, detail }) => kind === loss.kind && reasonOf(detail) === reasonOf(loss.detail));
    return same < 0
      ? [...all, loss]
      : all.map((one, index) => (index === same ? { ...one, count: one.count + loss.count } : one));
  }, before);

const reasonOf = (detail: string): string => detail.split(', for example: ', 1)[0] ?? detail;

const compareSources = (a: HuntSource, b: HuntSource): number =>
  b.events - a.events || (JSON.stringify(a.source) < JSON.stringify(b.source) ? -1 : 1);
