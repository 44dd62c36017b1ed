import type { ReadContext } from '../log/read-context.ts';
import { readBlocks } from './blocks.ts';
import { chunkBytes } from './file-header.ts';
import type { LogEvent } from '../../model/log-event.ts';
import { readChunk } from './read-chunk.ts';

/**
 * The events of an EVTX file, a chunk (64 KiB) at a time. Whatever is wrong with the file is counted in the losses, and what is left
 * of it is read.
 */
export async function* readEvtx(
  file: AsyncIterable<Buffer>,
  context: ReadContext,
): AsyncGenerator<readonly LogEvent[]> {
  const { losses } = context;
  for await (const { bytes, length, skipped } of readBlocks(file)) {
    if (skipped > 0) losses.add('unparsed', 'EVTX bytes between chunks', `${skipped} bytes`);
    // A log grows by whole chunks, zeroed until they are used.
    if (isZero(bytes)) continue;
    const chunk = readChunk(bytes, context);
    if (length < chunkBytes) losses.add('truncated', 'EVTX chunk: the file ends inside it', `${length} bytes of it`);
    else if (chunk.damage !== null) {
      losses.add('unparsed', `EVTX chunk: ${chunk.damage}`, `${chunk.events.length} events of it could be read`);
    }
    yield chunk.events;
  }
}

const isZero = (bytes: Buffer): boolean => bytes[0] === 0 && bytes.equals(zeros);

const zeros = Buffer.alloc(chunkBytes);
