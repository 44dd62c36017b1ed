import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

import { runLabel } from './tool.ts';

/** A process of the machine, told apart from a later one with the same number by its start time (clock ticks since boot). */
export interface ProcessIdentity {
  readonly pid: number;
  readonly start: number;
}

/** Null when there is no such process, or it is only waiting to be reaped. */
export const identify = (pid: number): ProcessIdentity | null => {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return null;
  }
  // proc(5): the name in parentheses may hold anything; `state` is field 3 and `starttime` field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? null : { pid, start: Number(fields[19]) };
};

export const isRunning = ({ pid, start }: ProcessIdentity): boolean => identify(pid)?.start === start;

export type NamespaceKind = 'user' | 'pid' | 'net';

/** The namespace a process is in, as the kernel names it (`user:[4026532178]`); null when it may not be known. */
export const namespaceOf = (pid: number, kind: NamespaceKind): string | null => {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`);
  } catch {
    return null;
  }
};

/** Processes of the machine in this user namespace. */
export const processesIn = (userNamespace: string): readonly ProcessIdentity[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => namespaceOf(pid, 'user') === userNamespace)
    .flatMap((pid) => identify(pid) ?? []);

/** Whether it was started for this run; what runs inside hosts does not carry the label, and ends with their PID 1. */
export const carriesLabel = (pid: number, runId: string): boolean => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`${runLabel}=${runId}`);
  } catch {
    return false;
  }
};

export const killProcess = (process_: ProcessIdentity): void => {
  if (!isRunning(process_)) return;
  try {
    process.kill(process_.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};
