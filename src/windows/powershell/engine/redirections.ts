import { closeSync, openSync, writeSync } from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import { isNullDevice } from '../../os/windows-path.ts';
import { crlf } from '../../os/stdio.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import type { Redirection } from '../syntax/ast.ts';
import { formatForFile } from '../host/format.ts';
import { toText } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import { RuntimeFailure, type ErrorRecord } from './error-record.ts';
import { evaluate } from './evaluate.ts';
import type { Frame, Streams } from './session.ts';
import { renderError } from '../host/render-error.ts';

export interface Redirected {
  readonly frame: Frame;
  readonly finish: () => Promise<void> | void;
}

interface OutputFile {
  readonly write: (text: string) => void;
  readonly close: () => void;
}

const nowhere: OutputFile = { write: () => undefined, close: () => undefined };

/** Redirected output is UTF-16 with a byte order mark, as Windows PowerShell writes it. */
const openTarget = (path: string, append: boolean, frame: Frame): OutputFile => {
  if (isNullDevice(path)) return nowhere;
  const file = findPath(path, frame.session.location, frame.session.machine.drive);
  if (file === null) throw new NotImplemented(`a file on another drive: ${path}`);
  let descriptor: number;
  try {
    descriptor = openSync(file.host, append ? 'a' : 'w');
  } catch {
    throw new RuntimeFailure('FileOpenFailure', `Could not find a part of the path '${file.windows}'.`, {
      category: 'OpenError',
      type: 'System.IO.DirectoryNotFoundException',
    });
  }
  if (!append) writeSync(descriptor, Buffer.from([0xff, 0xfe]));
  return {
    write: (text) => void writeSync(descriptor, Buffer.from(crlf(text), 'utf16le')),
    close: () => closeSync(descriptor),
  };
};

const toFile = (streams: Streams, stream: string, write: (text: string) => void, collected: Value[]): Streams => {
  const error = (record: ErrorRecord): void => write(`${renderError(record)}\n`);
  switch (stream) {
    case 'output':
      return { ...streams, output: (value) => void collected.push(value) };
    case 'error':
      return { ...streams, error };
    case 'all':
      return { output: (value) => void collected.push(value), error, warning: write, information: write };
    case 'warning':
      return { ...streams, warning: write };
    case 'information':
      return { ...streams, information: write };
    default:
      return streams;
  }
};

const merged = (streams: Streams, { from }: Extract<Redirection, { kind: 'merge' }>): Streams => {
  if (from !== 'error' && from !== 'all') return streams;
  return { ...streams, error: (record) => streams.output(record) };
};

/** The streams as a command's redirections say, and what to do when it has ended. */
export const redirect = async (redirections: readonly Redirection[], frame: Frame): Promise<Redirected> => {
  if (redirections.length === 0) return { frame, finish: () => undefined };
  let { streams } = frame;
  const finishes: (() => void)[] = [];
  for (const redirection of redirections) {
    if (redirection.kind === 'merge') {
      streams = merged(streams, redirection);
      continue;
    }
    const target = await evaluate(redirection.target, frame);
    const { write, close } = target === null ? nowhere : openTarget(toText(target), redirection.append, frame);
    const collected: Value[] = [];
    streams = toFile(streams, redirection.stream, write, collected);
    finishes.push(() => {
      if (collected.length > 0) write(formatForFile(collected));
      close();
    });
  }
  return { frame: { ...frame, streams }, finish: () => finishes.forEach((finish) => finish()) };
};
