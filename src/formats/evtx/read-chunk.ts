import { crc32 } from 'node:zlib';
import type { LogEvent } from '../../model/log-event.ts';
import type { LogLosses } from '../log/losses.ts';
import type { ReadContext } from '../log/read-context.ts';
import { ChunkReader } from './chunk-reader.ts';
import { Damaged } from './damaged.ts';
import { chunkBytes, chunkMagic } from './file-header.ts';
import { windowsEvent } from '../windows-event/windows-event.ts';
import { microsOfFileTime } from './time-values.ts';

export interface ChunkEvents {
  readonly events: readonly LogEvent[];
  /** What is wrong with the chunk; null when it is as it was written. */
  readonly damage: string | null;
}

const headerBytes = 512;
const recordHeaderBytes = 24;
const recordMagic = Buffer.from([0x2a, 0x2a, 0, 0]);

/**
 * The events of one chunk. Header: u32 at 48: end of the records; u32 at 52: their CRC-32; u32 at 124: the header's own CRC-32. Record:
 * u32 magic, u32 size, u64 number, u64 FILETIME, binary XML, u32 size again. A damaged chunk gives every record that still reads.
 */
export const readChunk = (bytes: Buffer, { file, sourceOf, losses }: ReadContext): ChunkEvents => {
  const damage = damageOf(bytes);
  const reader = new ChunkReader(bytes);
  const events: LogEvent[] = [];
  for (const record of recordsOf(bytes, losses, damage !== null)) {
    try {
      const { fields, time } = reader.read(record.at + recordHeaderBytes, record.at + record.size - 4);
      events.push(windowsEvent({ file, record: record.number }, fields, time ?? record.written, sourceOf));
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      losses.add('unparsed', `EVTX record: ${error.message}`, `record ${record.number}`);
    }
  }
  return { events, damage };
};

const damageOf = (bytes: Buffer): string | null => {
  if (bytes.readUInt32LE(0) === 0 && bytes.readUInt32LE(headerBytes) === 0) return 'it was wiped or never written';
  if (!bytes.subarray(0, 8).equals(chunkMagic)) return 'no chunk begins where one should';
  const header = crc32(bytes.subarray(128, headerBytes), crc32(bytes.subarray(0, 120)));
  if (header !== bytes.readUInt32LE(124)) return "the header's checksum is wrong";
  const end = bytes.readUInt32LE(48);
  if (end < headerBytes || end > chunkBytes) return 'the end of the records lies outside';
  return crc32(bytes.subarray(headerBytes, end)) === bytes.readUInt32LE(52) ? null : "the records' checksum is wrong";
};

interface RecordPlace {
  readonly at: number;
  readonly size: number;
  readonly number: number;
  readonly written: number;
}

/**
 * Past the end that the header names, a log that was copied while in use has newer records, which count on; and older ones, which
 * were overwritten in part and do not.
 */
function* recordsOf(bytes: Buffer, losses: LogLosses, isDamaged: boolean): Generator<RecordPlace> {
  const namedEnd = bytes.readUInt32LE(48);
  let last: number | null = null;
  for (let at = headerBytes; at + recordHeaderBytes + 4 <= bytes.length;) {
    const size = recordSize(bytes, at);
    const number = size === 0 ? 0 : Number(bytes.readBigUInt64LE(at + 8));
    if (!isDamaged && at >= namedEnd && (size === 0 || last === null || number !== last + 1)) return;
    if (size === 0) {
      const next = bytes.indexOf(recordMagic, at + 1);
      const until = next < 0 ? bytes.length : next;
      if (hasContent(bytes, at, until))
        losses.add('unparsed', 'EVTX bytes in which no record begins', `offset ${at} of a chunk`);
      if (next < 0) return;
      at = next;
      continue;
    }
    last = number;
    yield { at, size, number, written: microsOfFileTime(bytes, at + 16) };
    at += size;
  }
}

/** 0 when no whole record begins there. */
const recordSize = (bytes: Buffer, at: number): number => {
  if (bytes.readUInt32LE(at) !== 0x2a2a) return 0;
  const size = bytes.readUInt32LE(at + 4);
  if (size < recordHeaderBytes + 4 || at + size > bytes.length) return 0;
  return bytes.readUInt32LE(at + size - 4) === size ? size : 0;
};

const hasContent = (bytes: Buffer, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) if (bytes[at] !== 0) return true;
  return false;
};
