import type { LogLosses } from '../../formats/log/losses.ts';
import { readRange } from './open-bytes.ts';

const lineFeed = 10;

export interface LineRange {
  readonly content: AsyncIterable<Buffer>;
  /** How many lines it had, once all is read. */
  readonly lines: () => number;
}

/** The lines that begin in a range of bytes of a file: ranges that follow one another have every line once. */
export const readLineRange = (
  path: string,
  { start, end }: { readonly start: number; readonly end: number },
  losses: LogLosses,
  onBytes: (bytes: number) => void,
): LineRange => {
  let lines = 0;
  async function* read(): AsyncGenerator<Buffer> {
    // The byte before tells whether a line begins at the start itself.
    const first = Math.max(0, start - 1);
    const stream = readRange(path, { start: first, end: Infinity }, losses, (bytes) => {
      onBytes(Math.min(bytes, end - start));
    });
    let at = first;
    let isInside = start === 0;
    let endsOpen = false;
    for await (const bytes of stream) {
      const skipped = isInside ? 0 : bytes.indexOf(lineFeed) + 1;
      const from = at;
      at += bytes.length;
      if (!isInside && skipped === 0) {
        if (at >= end) return;
        continue;
      }
      if (!isInside && from + skipped >= end) return;
      isInside = true;
      // A line that begins before the end is read to its own end.
      const last = at < end ? -1 : bytes.indexOf(lineFeed, Math.max(skipped, end - 1 - from));
      const piece = bytes.subarray(skipped, last < 0 ? bytes.length : last + 1);
      lines += countLines(piece);
      endsOpen = piece.length > 0 ? piece.at(-1) !== lineFeed : endsOpen;
      if (piece.length > 0) yield piece;
      if (last >= 0) return;
    }
    if (endsOpen) lines++;
  }
  return { content: read(), lines: () => lines };
};

const countLines = (bytes: Buffer): number => {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) count++;
  return count;
};
