import type { LogEvent } from '../../model/log-event.ts';
import type { Loss } from '../../model/loss.ts';
import { readEvtx } from '../../formats/evtx/read-evtx.ts';
import { createLogLosses, type LogLosses } from '../../formats/log/losses.ts';
import type { SourceOf } from '../../formats/log/sources.ts';
import { readNdjson } from '../../formats/ndjson/read-ndjson.ts';
import type { LogFile } from './find-files.ts';
import { readLineRange } from './line-range.ts';
import type { LogFormat } from './log-format.ts';
import { openBytes, readRange } from './open-bytes.ts';
import type { LogPart } from './plan-parts.ts';
import { readerOf } from './reader-of.ts';
import { recognize } from './recognize.ts';

/** What became of a part. */
export interface LogPartReport {
  /** Null when its file was not recognized. */
  readonly format: LogFormat | null;
  readonly events: number;
  /** Lines of an NDJSON part: what its records' numbers have to grow by in the parts after it. 0 of others. */
  readonly lines: number;
  /** Why nothing was read; null when it was. */
  readonly reason: string | null;
  readonly losses: readonly Loss[];
}

export interface ReadPartOptions {
  readonly sourceOf: SourceOf;
  /** Hears how many bytes of the part have come from the disk. */
  readonly onBytes?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/** The events of a part, in the order of the file. Whatever of it cannot be read is in the report, which comes last. */
export async function* readPart(
  part: LogPart,
  { sourceOf, onBytes, signal }: ReadPartOptions,
): AsyncGenerator<readonly LogEvent[], LogPartReport> {
  const losses = createLogLosses(part.file.name);
  const opened = part.file.unreadable === null ? await openPart(part, sourceOf, losses, onBytes ?? ignore) : null;
  let events = 0;
  for await (const batch of opened?.events ?? []) {
    signal?.throwIfAborted();
    events += batch.length;
    yield batch;
  }
  return {
    format: opened?.format ?? null,
    events,
    lines: opened?.lines() ?? 0,
    reason: part.file.unreadable ?? opened?.reason ?? null,
    losses: losses.list(),
  };
}

const ignore = (): void => undefined;

interface OpenPart {
  readonly events: AsyncIterable<readonly LogEvent[]>;
  readonly format: LogFormat | null;
  readonly reason: string | null;
  readonly lines: () => number;
}

const openPart = async (
  part: LogPart,
  sourceOf: SourceOf,
  losses: LogLosses,
  onBytes: (bytes: number) => void,
): Promise<OpenPart> => {
  const context = { file: part.file.name, sourceOf, losses };
  switch (part.kind) {
    case 'whole':
      return await openFile(part.file, context, onBytes);
    case 'lines': {
      const range = readLineRange(part.file.path, part, losses, onBytes);
      return { events: readNdjson(range.content, context), format: 'ndjson', reason: null, lines: range.lines };
    }
    case 'chunks': {
      const content = readRange(part.file.path, part, losses, onBytes);
      const events = readEvtx(content, context, { bytes: 0, chunks: part.counted });
      return { events, format: 'evtx', reason: null, lines: () => 0 };
    }
  }
};

const openFile = async (
  file: LogFile,
  context: { readonly file: string; readonly sourceOf: SourceOf; readonly losses: LogLosses },
  onBytes: (bytes: number) => void,
): Promise<OpenPart> => {
  const bytes = await openBytes(file.path, file.bytes);
  const recognized = recognize(bytes.head, bytes.isWhole);
  const lines = (): number => 0;
  if (!recognized.ok) return { events: none(), format: null, reason: recognized.reason, lines };
  const content = bytes.read(context.losses, onBytes);
  return { events: readerOf(recognized, file, content, context), format: recognized.format, reason: null, lines };
};

async function* none(): AsyncGenerator<readonly LogEvent[]> {
  // It was not recognized.
}
