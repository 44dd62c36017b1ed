import { spawn } from 'node:child_process';
import { findPath } from '../../os/find-file.ts';
import type { WindowsEnvironment } from '../../os/environment.ts';
import type { TaskCommand } from './command.ts';

/** A running action. */
export interface Instance {
  readonly pid: number;
  /** Resolves with the exit code. */
  readonly ended: Promise<number>;
  /** Ends it with all that it started and that did not leave it: on Windows they share a job object. */
  terminate(): void;
}

/** Starts an action in a session of its own; null when the file is no program. */
export const startInstance = (
  { program, commandLine, folder }: TaskCommand,
  environment: WindowsEnvironment,
  drive: string,
): Instance | null => {
  const child = spawn(program, [commandLine], {
    cwd: findPath(folder, 'C:\\', drive)?.host,
    env: environment.inherited(),
    stdio: 'ignore',
    detached: true,
  });
  // An error shows as a missing number.
  child.on('error', () => undefined);
  const { pid } = child;
  if (pid === undefined) return null;
  return {
    pid,
    ended: new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1))),
    terminate: () => {
      try {
        process.kill(-pid, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    },
  };
};
