import type { ChildProcess } from 'node:child_process';
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
  /** The host's folder that holds drive C. */
  readonly drive: string;
  readonly stdio: readonly [StdioEnd, StdioEnd, StdioEnd];
  /** It goes on when the program that started it ends, which does not wait for it. */
  readonly outlives?: boolean;
}

export type StdioEnd = number | 'pipe' | 'ignore' | NodeJS.ReadableStream;

export const inheritStdio = (stdio: Stdio): [number, number, number] => [stdio.input, stdio.output, stdio.error];

export interface StartedProcess {
  readonly child: ChildProcess;
  readonly finished: Promise<ProcessEnd>;
}

/** Starts a program of the host. A file that is no program makes `finished` resolve with `not-runnable`. */
export const startProcess = async (request: ProcessRequest): Promise<StartedProcess> => {
  // Loaded here, since most PowerShell scripts start nothing.
  const { spawn } = await import('node:child_process');
  const child = spawn(request.program, [request.commandLine], {
    cwd: findPath(request.currentFolder, 'C:\\', request.drive)?.host,
    env: request.environment.inherited(),
    stdio: request.stdio.map((end) => end as number),
    detached: request.outlives === true,
  });
  if (request.outlives === true) child.unref();
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
