import type { LogEvent } from '../../model/log-event.ts';
import type { ReadContext } from '../log/read-context.ts';
import { readBlocks, type Block } from './blocks.ts';
import { chunkBytes, type FileHeader } from './file-header.ts';
import { readChunk } from './read-chunk.ts';

/**
 * The events of an EVTX file, a chunk (64 KiB) at a time. Whatever is wrong with the file is counted in the losses, and what is left
 * of it is read. `header`: of a part of a file that does not begin with it.
 */
export async function* readEvtx(
  file: AsyncIterable<Buffer>,
  context: ReadContext,
  header: FileHeader | null = null,
): AsyncGenerator<readonly LogEvent[]> {
  for await (const part of readBlocks(file, header)) {
    // A log grows by whole chunks, zeroed until they are used.
    if (part.kind === 'block' && (part.isCounted || !isZero(part.bytes))) yield readBlock(part, context);
    else if (part.kind === 'missing' && part.count > 0) {
      context.losses.add(
        'truncated',
        'EVTX chunks that the header counts and the file does not have',
        undefined,
        part.count,
      );
    }
  }
}

const readBlock = ({ bytes, length, skipped }: Block, context: ReadContext): readonly LogEvent[] => {
  const { losses } = context;
  const { events, damage } = readChunk(bytes, context);
  if (skipped > 0) losses.add('unparsed', 'EVTX bytes between chunks', `${skipped} bytes`);
  if (length < chunkBytes) losses.add('truncated', 'EVTX chunk: the file ends inside it', `${length} bytes of it`);
  else if (damage !== null) {
    losses.add('unparsed', `EVTX chunk: ${damage}`, `${events.length} events of it could be read`);
  }
  return events;
};

const isZero = (bytes: Buffer): boolean => bytes[0] === 0 && bytes.equals(zeros);

const zeros = Buffer.alloc(chunkBytes);
