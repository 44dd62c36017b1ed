import { open, type FileHandle } from 'node:fs/promises';
import { chunkBytes, chunkMagic, readFileHeader } from '../../formats/evtx/file-header.ts';
import { encodingOf } from '../../formats/log/utf8.ts';
import type { LogFile } from './find-files.ts';
import { headBytes, recognize } from './recognize.ts';

/** What one reader reads: a file, the lines of one that begin in a range of bytes, or some chunks of one. */
export type LogPart = { readonly file: LogFile } & (
  | { readonly kind: 'whole' }
  | { readonly kind: 'lines'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'chunks';
      readonly start: number;
      readonly end: number;
      /** Those of them that the file's header counts. */
      readonly counted: number;
    }
);

/** Bytes of a part: long enough that what it costs to begin one does not show. */
export const usualPartBytes = 8 << 20;

/** Cuts files so that several readers have enough to do. Together the parts give what the files give, in their order. */
export const planParts = async (files: readonly LogFile[], partBytes = usualPartBytes): Promise<readonly LogPart[]> => {
  const parts: LogPart[] = [];
  for (const file of files) {
    const cut = file.unreadable === null && file.bytes > 2 * partBytes ? await cutFile(file, partBytes) : null;
    parts.push(...(cut ?? [{ kind: 'whole', file } as const]));
  }
  return parts;
};

/** Null when the file has to be read from its beginning. */
const cutFile = async (file: LogFile, partBytes: number): Promise<readonly LogPart[] | null> => {
  const handle = await open(file.path);
  try {
    const head = await readAt(handle, 0, headBytes);
    const recognized = recognize(head, false);
    if (!recognized.ok) return null;
    // What comes packed was not recognized here; in UTF-16 a byte is no character.
    if (recognized.format === 'ndjson' && encodingOf(head) === 'utf-8') return cutLines(file, partBytes);
    return recognized.format === 'evtx' ? await cutChunks(file, head, handle, partBytes) : null;
  } finally {
    await handle.close();
  }
};

const cutLines = (file: LogFile, partBytes: number): readonly LogPart[] =>
  startsOf(0, file.bytes, partBytes).map((start, index, starts): LogPart => {
    // A log that grows while it is read has its new lines in the last part.
    const end = starts[index + 1] ?? Infinity;
    return { kind: 'lines', file, start, end };
  });

/** Chunks are found in their places or searched for; only where all cuts meet a chunk, they are where they should be. */
const cutChunks = async (
  file: LogFile,
  head: Buffer,
  handle: FileHandle,
  partBytes: number,
): Promise<readonly LogPart[] | null> => {
  const header = readFileHeader(head);
  const starts = startsOf(header.bytes, file.bytes, Math.max(1, Math.round(partBytes / chunkBytes)) * chunkBytes);
  for (const start of starts.slice(1))
    if (!(await readAt(handle, start, chunkMagic.length)).equals(chunkMagic)) return null;
  return starts.map((start, index): LogPart => {
    const end = starts[index + 1] ?? Infinity;
    const left = Math.max(0, header.chunks - (start - header.bytes) / chunkBytes);
    return { kind: 'chunks', file, start, end, counted: Math.min(left, (end - start) / chunkBytes) };
  });
};

const startsOf = (first: number, end: number, step: number): readonly number[] =>
  Array.from({ length: Math.max(1, Math.ceil((end - first) / step)) }, (_, index) => first + index * step);

const readAt = async (handle: FileHandle, position: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
};
