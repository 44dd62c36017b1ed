import { createReadStream } from 'node:fs';

export interface TextLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** False for a last line without its line feed. */
  readonly isWhole: boolean;
}

const lineFeed = 10;
const chunkBytes = 1 << 20;

/** No real line comes near this; past it the rest of the line is passed over. */
const longestLine = 64 << 20;

/**
 * The lines of a file of any size, a batch per chunk. Bytes become characters one to one. Each line is a string of its own, so
 * that keeping a part of one does not keep a whole chunk.
 */
export async function* readLines(file: string): AsyncGenerator<readonly TextLine[]> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: TextLine[] = [];
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
      lines.push({ text: bytes.toString('latin1', start, end), number: ++number, isWhole: true });
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > longestLine) rest = rest.subarray(0, longestLine);
    yield lines;
  }
  if (rest.length > 0) yield [{ text: rest.toString('latin1'), number: number + 1, isWhole: false }];
}
