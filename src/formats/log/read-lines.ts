import type { LogLosses } from './losses.ts';
import { toUtf8 } from './utf8.ts';

/** Lines that follow one another, without their ends. */
export interface Lines {
  /** Number of the first, from 1. */
  readonly first: number;
  readonly texts: readonly string[];
}

const lineFeed = 10;
const carriageReturn = 13;

/** No log writes a longer line; the rest of one is passed over. */
const longestLine = 64 << 20;

/** The lines of a text file of any size. Each is a string of its own: keeping one does not keep its neighbors. */
export async function* readLines(file: AsyncIterable<Buffer>, losses: LogLosses): AsyncGenerator<Lines> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let first = 1;
  let isPassing = false;
  for await (const part of toUtf8(file)) {
    const texts: string[] = [];
    let start = 0;
    for (let end = part.indexOf(lineFeed); end >= 0; end = part.indexOf(lineFeed, start)) {
      const piece = part.subarray(start, end);
      texts.push(lineText(rest.length === 0 ? piece : Buffer.concat([...rest, piece])));
      rest = [];
      restBytes = 0;
      isPassing = false;
      start = end + 1;
    }
    if (texts.length > 0) yield { first, texts };
    first += texts.length;
    if (start < part.length && !isPassing) {
      rest.push(part.subarray(start));
      restBytes += part.length - start;
      isPassing = restBytes > longestLine;
      if (isPassing) losses.add('truncated', 'line longer than 64 MiB', `line ${first}`);
    }
  }
  if (rest.length > 0) yield { first, texts: [lineText(Buffer.concat(rest))] };
}

const lineText = (bytes: Buffer): string =>
  bytes.toString('utf8', 0, bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length);
