import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { ExecInput } from './protocol.ts';

export type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Starts a command in a session of its own, with no privileges it should not have and nothing of ours inherited. */
export const startCommand = (input: ExecInput, launcher: readonly string[]): Child => {
  const [program = '', ...rest] = [...launcher, ...input.argv];
  return spawn(program, rest, { cwd: input.cwd, env: input.env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
};

/** Why a command cannot start, found out beforehand: the launcher would report it as an exit code like any other. */
export const whyNotStartable = ({ argv, cwd }: ExecInput): string | null => {
  const [program = ''] = argv;
  if (!program.startsWith('/')) return `${JSON.stringify(program)} is not an absolute path`;
  try {
    if (!statSync(cwd).isDirectory()) return `working directory ${cwd} is not a folder`;
  } catch {
    return `working directory ${cwd} does not exist`;
  }
  try {
    accessSync(program, constants.X_OK);
    return statSync(program).isFile() ? null : `${program} is not a file`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES'
      ? `${program} is not executable`
      : `${program} does not exist`;
  }
};

/** The launcher's own message when the kernel refused the program after all (a wrong format, a missing interpreter). */
export const launcherComplaint = (exitCode: number | null, stderr: string, program: string): string | null => {
  if (exitCode !== 126 && exitCode !== 127) return null;
  const prefix = `setpriv: failed to execute ${program}: `;
  return stderr.startsWith(prefix) ? stderr.slice(prefix.length).trim() : null;
};
