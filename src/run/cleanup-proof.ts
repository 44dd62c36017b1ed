import type { HostSnapshot } from '../lab/driver.ts';
import type { CleanupVerdict } from '../model/verdict.ts';

export interface CleanupProof {
  readonly verdict: CleanupVerdict;
  /** What is there now and was not before, and what is gone: `file C:\Temp\x.exe`, `gone: file …`. Sorted. */
  readonly left: readonly string[];
}

const difference = (label: string, before: readonly string[], after: readonly string[]): string[] => {
  const had = new Set(before);
  const has = new Set(after);
  return [
    ...after.filter((item) => !had.has(item)).map((item) => `${label} ${item}`),
    ...before.filter((item) => !has.has(item)).map((item) => `gone: ${label} ${item}`),
  ];
};

/** A test is clean when the host is what it was: exit codes of cleanup commands prove nothing (a third of them swallow errors). */
export const proveCleanup = (before: HostSnapshot, after: HostSnapshot): CleanupProof => {
  const left = [
    ...difference('process', before.processes, after.processes),
    ...difference('file', before.files, after.files),
    ...difference('listening', before.listening, after.listening),
    ...difference('user', before.users, after.users),
    ...difference('task', before.tasks, after.tasks),
    ...difference('registry', before.registry, after.registry),
  ].sort();
  return { verdict: left.length === 0 ? 'clean' : 'dirty', left };
};
