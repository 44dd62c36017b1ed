import { TextDecoder } from 'node:util';

/** Bytes of a text in any encoding that a byte order mark or zero bytes give away, as UTF-8 without a mark. */
export async function* toUtf8(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null = null;
  let isStart = true;
  for await (const part of file) {
    if (part.length === 0) continue;
    if (isStart) {
      const encoding = encodingOf(part);
      isStart = false;
      if (encoding === 'utf-8') {
        yield part.subarray(hasMark(part) ? 3 : 0);
        continue;
      }
      decoder = new TextDecoder(encoding);
    }
    yield decoder === null ? part : Buffer.from(decoder.decode(part, { stream: true }));
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield Buffer.from(rest);
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** PowerShell writes UTF-16 with a mark, `cmd /u` without one. */
export const encodingOf = (start: Buffer): Encoding => {
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (start.length >= 4 && first !== 0 && second === 0 && start[2] !== 0 && start[3] === 0) return 'utf-16le';
  if (start.length >= 4 && first === 0 && second !== 0 && start[2] === 0 && start[3] !== 0) return 'utf-16be';
  return 'utf-8';
};

const hasMark = (start: Buffer): boolean => start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;
