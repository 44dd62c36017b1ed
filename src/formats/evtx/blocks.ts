import { chunkBytes, chunkMagic, headerBlockBytes } from './file-header.ts';

/** A chunk's place in the file, or what stands where one should be. */
export interface Block {
  /** As long as a chunk; a file that was cut is filled up with zeros. */
  readonly bytes: Buffer;
  /** Bytes that the file really has. */
  readonly length: number;
  /** Bytes passed over since the last block, because no chunk begins there. */
  readonly skipped: number;
}

/** Cuts a file into its chunks. Where none begins in its place, the next one is searched for. */
export async function* readBlocks(file: AsyncIterable<Buffer>): AsyncGenerator<Block> {
  let rest: Buffer = Buffer.alloc(0);
  let isStart = true;
  for await (const part of file) {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    if (isStart) {
      if (rest.length < chunkBytes) continue;
      rest = rest.subarray(headerBlockBytes(rest));
      isStart = false;
    }
    for (; rest.length >= 2 * chunkBytes;) {
      const block = nextBlock(rest);
      yield block;
      rest = rest.subarray(block.skipped + chunkBytes);
    }
  }
  if (isStart) rest = rest.subarray(Math.min(rest.length, headerBlockBytes(rest)));
  while (rest.length > 0) {
    const block = nextBlock(rest);
    yield block;
    rest = rest.subarray(block.skipped + block.length);
  }
}

const nextBlock = (bytes: Buffer): Block => {
  const skipped = distanceToChunk(bytes);
  const block = bytes.subarray(skipped, skipped + chunkBytes);
  if (block.length === chunkBytes) return { bytes: block, length: chunkBytes, skipped };
  const filled = Buffer.alloc(chunkBytes);
  block.copy(filled);
  return { bytes: filled, length: block.length, skipped };
};

/** A chunk with a damaged beginning stays in its place when the next one is in its own. */
const distanceToChunk = (bytes: Buffer): number => {
  const found = bytes.subarray(0, chunkBytes + chunkMagic.length).indexOf(chunkMagic);
  return found > 0 && found < chunkBytes ? found : 0;
};
