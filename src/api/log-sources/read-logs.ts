import type { LogEvent } from '../../model/log-event.ts';
import type { Loss } from '../../model/loss.ts';
import { createLogLosses } from '../../formats/log/losses.ts';
import { createSources, type SourceOf } from '../../formats/log/sources.ts';
import { findLogFiles, type LogFile } from './find-files.ts';
import type { LogFormat } from './log-format.ts';
import { openBytes } from './open-bytes.ts';
import { readerOf } from './reader-of.ts';
import { recognize } from './recognize.ts';

export interface ReadProgress {
  readonly files: number;
  readonly filesDone: number;
  readonly bytes: number;
  readonly bytesDone: number;
}

/** What became of one file. */
export interface LogFileReport {
  readonly file: string;
  /** Null when it was not recognized. */
  readonly format: LogFormat | null;
  readonly bytes: number;
  readonly events: number;
  /** Why nothing of it was read; null when it was. */
  readonly reason: string | null;
  readonly losses: readonly Loss[];
}

export interface LogEventBatch {
  readonly file: string;
  readonly format: LogFormat | null;
  readonly events: readonly LogEvent[];
  readonly progress: ReadProgress;
  /** With a file's last batch, which may have no events. Every file has one. */
  readonly ended: LogFileReport | null;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
}

/**
 * The events of all logs below the paths, file by file. A file is what its content says; one that is nothing we read ends with the reason,
 * and whatever of a file cannot be read is in its losses. Throws HarnessError `logs/no-such-path` before the first batch, and the signal's
 * reason when it is aborted.
 */
export async function* readLogs(paths: readonly string[], options: ReadOptions = {}): AsyncGenerator<LogEventBatch> {
  const files = await findLogFiles(paths);
  const sourceOf = createSources();
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  let bytesBefore = 0;
  for (const [filesDone, file] of files.entries()) {
    const progress = (bytesOfFile: number, done = 0): ReadProgress => ({
      files: files.length,
      filesDone: filesDone + done,
      bytes,
      bytesDone: bytesBefore + Math.min(bytesOfFile, file.bytes),
    });
    yield* readFile(file, sourceOf, progress, options.signal);
    bytesBefore += file.bytes;
  }
}

async function* readFile(
  file: LogFile,
  sourceOf: SourceOf,
  progress: (bytesOfFile: number, done?: number) => ReadProgress,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogEventBatch> {
  const losses = createLogLosses(file.path);
  let format: LogFormat | null = null;
  let reason = file.unreadable;
  let bytesRead = 0;
  let count = 0;
  const bytes = reason === null ? await openBytes(file.path, file.bytes) : null;
  const recognized = bytes === null ? null : recognize(bytes.head, bytes.isWhole);
  if (recognized?.ok === false) reason = recognized.reason;
  if (bytes !== null && recognized?.ok === true) {
    format = recognized.format;
    const content = bytes.read(losses, (read) => (bytesRead = read));
    for await (const events of readerOf(recognized, file, content, { file: file.path, sourceOf, losses })) {
      signal?.throwIfAborted();
      count += events.length;
      yield { file: file.path, format, events, progress: progress(bytesRead), ended: null };
    }
  }
  const ended = { file: file.path, format, bytes: file.bytes, events: count, reason, losses: losses.list() };
  yield { file: file.path, format, events: [], progress: progress(file.bytes, 1), ended };
}
