import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { markerVariable } from '../in-host.ts';
import { outputLimit } from '../limits.ts';
import { CappedOutput } from './capped-output.ts';
import { killTree } from './kill-tree.ts';
import type { ExecInput, ExecOutput } from './protocol.ts';
import { launcherComplaint, startCommand, whyNotStartable, type Child } from './start.ts';

/** How long outputs may stay open after the command's own end: a daemon it left behind may hold them for ever. */
const drainMs = 100;

export const nowMicros = (): number => Date.now() * 1000;

export const markerOf = (input: ExecInput): string | null => {
  const value = input.env[markerVariable];
  return value === undefined ? null : `${markerVariable}=${value}`;
};

/** Runs a command to its end, or to its timeout. `onStart` gets its process id as soon as there is one. */
export const runCommand = async (
  input: ExecInput,
  launcher: readonly string[],
  onStart: (pid: number) => void,
): Promise<ExecOutput> => {
  const startedAt = nowMicros();
  const reason = whyNotStartable(input);
  if (reason !== null) return notStarted(startedAt, reason);
  const child = startCommand(input, launcher);
  const outputs = [CappedOutput.of(child.stdout, outputLimit), CappedOutput.of(child.stderr, outputLimit)] as const;
  const failed = new Promise<string>((resolve) => child.once('error', (error) => resolve(error.message)));
  if (child.pid === undefined) return notStarted(startedAt, await failed);
  onStart(child.pid);

  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void killTree(child.pid ?? 0, markerOf(input));
  }, input.timeoutMs);
  const { exitCode, signal } = await endOf(child);
  clearTimeout(timer);
  // The root died at once; its tree must be gone too before the result says so.
  if (timedOut) await killTree(child.pid, markerOf(input));
  const finishedAt = nowMicros() + 999;

  const [stdout, stderr] = outputs;
  const failedToStart = launcherComplaint(exitCode, stderr.bytes().toString('utf8'), input.argv[0] ?? '');
  return {
    pid: failedToStart === null ? child.pid : null,
    exitCode: failedToStart === null ? exitCode : null,
    signal,
    timedOut,
    failedToStart,
    stdout: stdout.bytes().toString('base64'),
    stderr: stderr.bytes().toString('base64'),
    truncated: stdout.truncated || stderr.truncated,
    startedAt,
    finishedAt,
  };
};

const endOf = async (child: Child): Promise<{ exitCode: number | null; signal: string | null }> => {
  const closed = once(child, 'close');
  const [exitCode, signal] = (await once(child, 'exit')) as [number | null, string | null];
  await Promise.race([closed, delay(drainMs)]);
  return { exitCode, signal };
};

export const notStarted = (startedAt: number, reason: string): ExecOutput => ({
  pid: null,
  exitCode: null,
  signal: null,
  timedOut: false,
  failedToStart: reason,
  stdout: '',
  stderr: '',
  truncated: false,
  startedAt,
  finishedAt: nowMicros() + 999,
});
