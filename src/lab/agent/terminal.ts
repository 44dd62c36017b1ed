/// <reference types="node-pty" />
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import type * as NodePty from '@lydell/node-pty';
import { outputLimit } from '../limits.ts';
import { CappedOutput } from './capped-output.ts';
import { launcherComplaint, whyNotStartable } from './start.ts';
import { markerOf, notStarted, nowMicros } from './exec.ts';
import { killTree } from './kill-tree.ts';
import type { ExecOutput, TerminalInput } from './protocol.ts';

/** Loaded when the first terminal is asked for: most hosts never have one. It lies beside the harness's programs. */
const loadPty = (): typeof NodePty => createRequire(import.meta.url)('node-pty') as never;

export interface OpenTerminal {
  readonly pid: number;
  write(bytes: Buffer): void;
  resize(columns: number, rows: number): void;
  /** What came of the command; its transcript is its standard output, and there is no other. */
  readonly ended: Promise<ExecOutput>;
}

/**
 * Runs a command on a terminal of its own, in a session of its own, with no more privileges than any other command has. What came
 * of it at once when it cannot be started.
 */
export const openTerminal = (
  input: TerminalInput,
  launcher: readonly string[],
  onOutput: (bytes: Buffer) => void,
): OpenTerminal | ExecOutput => {
  const startedAt = nowMicros();
  const reason = whyNotStartable(input);
  if (reason !== null) return notStarted(startedAt, reason);
  const [program = '', ...rest] = [...launcher, ...input.argv];
  const { columns: cols, rows, cwd, env } = input;
  const pty = loadPty().spawn(program, rest, { cols, rows, cwd, env: { ...env }, encoding: null });
  const transcript = new CappedOutput(outputLimit);
  // Without an encoding it gives bytes; its types say text.
  pty.onData((data: string | Buffer) => {
    const bytes = Buffer.from(data);
    transcript.add(bytes);
    onOutput(bytes);
  });
  return {
    pid: pty.pid,
    // Whole bytes: a character may come in two parts.
    write: (bytes) => pty.write(bytes as unknown as string),
    resize: (columns, height) => pty.resize(columns, height),
    ended: endOf(pty, input, transcript, startedAt),
  };
};

const signalName = (number: number): string =>
  Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `signal ${number}`;

const endOf = async (
  pty: NodePty.IPty,
  input: TerminalInput,
  transcript: CappedOutput,
  startedAt: number,
): Promise<ExecOutput> => {
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void killTree(pty.pid, markerOf(input));
  }, input.timeoutMs);
  const { exitCode, signal } = await new Promise<{ exitCode: number; signal?: number | undefined }>((resolve) =>
    pty.onExit(resolve),
  );
  clearTimeout(timer);
  // The root died at once; its tree must be gone too before the result says so.
  if (timedOut) await killTree(pty.pid, markerOf(input));
  const ended = signal !== undefined && signal !== 0;
  const code = ended ? null : exitCode;
  const failedToStart = launcherComplaint(code, transcript.bytes().toString('utf8'), input.argv[0] ?? '');
  return {
    pid: failedToStart === null ? pty.pid : null,
    exitCode: failedToStart === null ? code : null,
    signal: ended ? signalName(signal) : null,
    timedOut,
    failedToStart,
    stdout: transcript.bytes().toString('base64'),
    stderr: '',
    truncated: transcript.truncated,
    startedAt,
    finishedAt: nowMicros() + 999,
  };
};
