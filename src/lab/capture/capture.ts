import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../../model/harness-error.ts';
import { systemClock } from '../../util/clock.ts';
import type { TraceWatch } from '../host/trace-watch.ts';

/** In the folder of raw evidence: the frames of every zone's bridge. */
export const bridgesFile = 'bridges.pcapng';

/** In a host's folder there: the frames of its loopback. */
export const loopbackFile = 'packets.pcapng';

/** A running capturer: the packet sensor of one network namespace. */
export interface Capture {
  /** Its pcapng file on the machine, growing. Whole once it ends with the statistics of its interfaces. */
  readonly file: string;
  readonly watch: TraceWatch;
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
  /** Has it write down what has arrived, and end. What it did not get to write is missing from its statistics too, and shows. */
  finish(): Promise<void>;
}

export interface CaptureParts {
  readonly file: string;
  readonly watch: TraceWatch;
  readonly ended: Promise<string>;
  /** Closes its standard input. */
  readonly closeInput: () => void;
  readonly kill: () => void;
}

/** How long a capturer may write after it was told to end. */
const patienceMs = 15_000;

export const createCapture = ({ file, watch, ended, closeInput, kill }: CaptureParts): Capture => {
  const finish = async (): Promise<void> => {
    closeInput();
    const late = new AbortController();
    const overdue = systemClock.sleep(patienceMs, late.signal).then(kill, () => undefined);
    await ended;
    late.abort();
    await overdue;
    watch.close();
  };
  let finishing: Promise<void> | null = null;
  return { file, watch, ended, finish: () => (finishing ??= finish()) };
};

/**
 * The command of a capturer of these interfaces. It writes to the descriptor `file`, and the line `ready` to the descriptor
 * `ready` once every frame is seen.
 */
export const captureCommand = (
  descriptors: { readonly file: number; readonly ready: number },
  interfaces: readonly string[],
): readonly string[] => [
  '/usr/bin/perl',
  '-e',
  readFileSync(join(import.meta.dirname, 'capture.pl'), 'utf8'),
  String(descriptors.file),
  String(descriptors.ready),
  ...interfaces,
];

export const captureFailed = (of: string, why: string): HarnessError =>
  new HarnessError(`the packet sensor of ${of} did not start: ${why}`, {
    code: 'sensor/failed-to-start',
    hint: 'It needs perl (perl-base) and packet sockets (CAP_NET_RAW in the lab).',
  });
