import type { LogPart } from '../log-sources/plan-parts.ts';
import type { HuntSettings } from './settings.ts';

/** Adds up what is done of parts, several of which may be under way. */
export const createProgress = (files: number, bytes: number, onProgress: HuntSettings['onProgress']) => {
  const inParts = new Map<number, number>();
  let filesDone = 0;
  let bytesDone = 0;
  let events = 0;
  let hits = 0;
  const tell = (): void => {
    const underWay = [...inParts.values()].reduce((sum, part) => sum + part, 0);
    onProgress?.({ files, filesDone, bytes, bytesDone: Math.min(bytes, bytesDone + underWay), events, hits });
  };
  return {
    onBytes: (part: number, read: number): void => {
      inParts.set(part, read);
      tell();
    },
    onPart: (index: number, part: LogPart, isLast: boolean, more: number, hitsNow: number): void => {
      inParts.delete(index);
      bytesDone += bytesOf(part);
      if (isLast) filesDone++;
      events += more;
      hits = hitsNow;
      tell();
    },
  };
};

const bytesOf = (part: LogPart): number =>
  part.kind === 'whole' ? part.file.bytes : Math.min(part.end, part.file.bytes) - part.start;
