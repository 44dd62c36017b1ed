import { chunkBytes, chunkMagic, readFileHeader, type FileHeader } from './file-header.ts';

/** A chunk's place in the file, or what stands where one should be. */
export interface Block {
  readonly kind: 'block';
  /** As long as a chunk; a file that was cut is filled up with zeros. */
  readonly bytes: Buffer;
  /** Bytes that the file really has. */
  readonly length: number;
  /** Bytes passed over since the last block, because no chunk begins there. */
  readonly skipped: number;
  /** Whether the file's header counts it among those in use. */
  readonly isCounted: boolean;
}

/** Comes last. */
export interface MissingBlocks {
  readonly kind: 'missing';
  /** Chunks that the file's header counts and the file does not have. */
  readonly count: number;
}

/**
 * Cuts a file into its chunks. Where none begins in its place, the next one is searched for. `known`: the header, of a part of a file
 * that does not begin with it.
 */
export async function* readBlocks(
  file: AsyncIterable<Buffer>,
  known: FileHeader | null = null,
): AsyncGenerator<Block | MissingBlocks> {
  let rest: Buffer = Buffer.alloc(0);
  let header = known;
  let count = 0;
  for await (const part of file) {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    if (header === null) {
      if (rest.length < chunkBytes) continue;
      header = readFileHeader(rest);
      rest = rest.subarray(header.bytes);
    }
    for (; rest.length >= 2 * chunkBytes; count++) {
      const block = nextBlock(rest, count < header.chunks);
      yield block;
      rest = rest.subarray(block.skipped + chunkBytes);
    }
  }
  if (header === null) {
    header = readFileHeader(rest);
    rest = rest.subarray(Math.min(rest.length, header.bytes));
  }
  for (; rest.length > 0; count++) {
    const block = nextBlock(rest, count < header.chunks);
    yield block;
    rest = rest.subarray(block.skipped + block.length);
  }
  yield { kind: 'missing', count: Math.max(0, header.chunks - count) };
}

const nextBlock = (rest: Buffer, isCounted: boolean): Block => {
  const skipped = distanceToChunk(rest);
  const block = rest.subarray(skipped, skipped + chunkBytes);
  const common = { kind: 'block', skipped, isCounted } as const;
  if (block.length === chunkBytes) return { ...common, bytes: block, length: chunkBytes };
  const filled = Buffer.alloc(chunkBytes);
  block.copy(filled);
  return { ...common, bytes: filled, length: block.length };
};

/** A chunk with a damaged beginning stays in its place when the next one is in its own. */
const distanceToChunk = (bytes: Buffer): number => {
  const found = bytes.subarray(0, chunkBytes + chunkMagic.length).indexOf(chunkMagic);
  return found > 0 && found < chunkBytes ? found : 0;
};
