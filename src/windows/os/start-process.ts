import { spawn, type ChildProcess } from 'node:child_process';
import { findPath } from './find-file.ts';
import type { WindowsEnvironment } from './environment.ts';
import type { Stdio } from './stdio.ts';

export interface ProcessRequest {
  /** The file to start, a path of the host. */
  readonly program: string;
  /** Whole, as CreateProcess takes it. It is the program's one argument. */
  readonly commandLine: string;
  readonly environment: WindowsEnvironment;
  /** Windows form. */
  readonly currentFolder: string;
  readonly stdio: readonly [StdioEnd, StdioEnd, StdioEnd];
}

export type StdioEnd = number | 'pipe' | 'ignore' | NodeJS.ReadableStream;

export const inheritStdio = (stdio: Stdio): [number, number, number] => [stdio.input, stdio.output, stdio.error];

/** Starts a program of the host. A file that is no program makes `finished` resolve with `notRunnable`. */
export const startProcess = (
  request: ProcessRequest,
): { readonly child: ChildProcess; readonly finished: Promise<ProcessEnd> } => {
  const child = spawn(request.program, [request.commandLine], {
    cwd: findPath(request.currentFolder, 'C:\\')?.host,
    env: request.environment.inherited(),
    stdio: request.stdio.map((end) => end as number),
  });
  const finished = new Promise<ProcessEnd>((resolve) => {
    child.once('error', (error) => resolve({ kind: 'not-runnable', reason: error.message }));
    child.once('close', (code, signal) => resolve({ kind: 'ended', exitCode: code ?? signalExit(signal) }));
  });
  return { child, finished };
};

export type ProcessEnd =
  | { readonly kind: 'ended'; readonly exitCode: number }
  /** A file without a format the system can load. */
  | { readonly kind: 'not-runnable'; readonly reason: string };

/** TerminateProcess leaves the code its caller gave; task killers give 1. */
const signalExit = (signal: NodeJS.Signals | null): number => (signal === null ? 0 : 1);
