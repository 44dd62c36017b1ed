import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { LogLosses } from '../../formats/log/losses.ts';
import { headBytes } from './recognize.ts';

const partBytes = 1 << 20;

/** A file's bytes, unpacked when they are gzip's, from the first on each time they are asked for. */
export interface LogBytes {
  readonly head: Buffer;
  /** Whether the head is all there is. */
  readonly isWhole: boolean;
  /** `onProgress` hears how many bytes have come from the disk. */
  read(losses: LogLosses, onProgress: (bytes: number) => void): AsyncIterable<Buffer>;
}

/** `size` is what the file is thought to have. */
export const openBytes = async (path: string, size: number): Promise<LogBytes> => {
  const wanted = Math.min(Math.max(size + 1, headBytes), partBytes);
  const start = await readStart(path, wanted);
  const isPacked = start[0] === 0x1f && start[1] === 0x8b;
  const head = isPacked ? await unpackedHead(path) : start.subarray(0, headBytes);
  // Folders of samples have thousands of small files: those are read once.
  const isAll = start.length < wanted && start.length >= size && !isPacked;
  return {
    head,
    isWhole: isPacked ? head.length < headBytes : isAll && start.length <= headBytes,
    read: (losses, onProgress) => (isAll ? once(start, onProgress) : readParts(path, isPacked, losses, onProgress)),
  };
};

const readStart = async (path: string, size: number): Promise<Buffer> => {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

async function* once(bytes: Buffer, onProgress: (bytes: number) => void): AsyncGenerator<Buffer> {
  onProgress(bytes.length);
  yield await Promise.resolve(bytes);
}

const unpackedHead = async (path: string): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  const { stream, close } = openStream(path, true);
  try {
    for await (const part of stream) {
      parts.push(part);
      bytes += part.length;
      if (bytes >= headBytes) break;
    }
  } catch {
    // What is wrong with the rest is told when it is read.
  } finally {
    close();
  }
  return Buffer.concat(parts).subarray(0, headBytes);
};

interface OpenStream {
  readonly stream: AsyncIterable<Buffer>;
  readonly bytesRead: () => number;
  readonly close: () => void;
}

/** The bytes of a file from `start` to `end`, which is not among them. */
export const readRange = (
  path: string,
  { start, end }: { readonly start: number; readonly end: number },
  losses: LogLosses,
  onProgress: (bytes: number) => void,
): AsyncIterable<Buffer> => readStream(openStream(path, false, { start, end: end - 1 }), losses, onProgress);

const openStream = (path: string, isPacked: boolean, range: { start?: number; end?: number } = {}): OpenStream => {
  const file = createReadStream(path, { ...range, highWaterMark: partBytes });
  const unpacked = isPacked ? file.pipe(createGunzip({ chunkSize: partBytes })) : null;
  if (unpacked !== null) file.on('error', (error) => unpacked.destroy(error));
  return { stream: unpacked ?? file, bytesRead: () => file.bytesRead, close: () => file.destroy() };
};

const readParts = (
  path: string,
  isPacked: boolean,
  losses: LogLosses,
  onProgress: (bytes: number) => void,
): AsyncIterable<Buffer> => readStream(openStream(path, isPacked), losses, onProgress);

async function* readStream(
  { stream, bytesRead, close }: OpenStream,
  losses: LogLosses,
  onProgress: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  try {
    for await (const part of stream) {
      onProgress(bytesRead());
      yield part;
    }
  } catch (error) {
    losses.add('truncated', `the file could not be read to its end: ${(error as Error).message}`);
  } finally {
    close();
  }
}
