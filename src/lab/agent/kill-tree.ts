import { setTimeout as delay } from 'node:timers/promises';
import { hasEnvironmentEntry, listProcesses, type ProcessEntry } from './processes.ts';

/** A tree that forks faster than it is ended has this many rounds to lose. */
const rounds = 200;

/**
 * Ends a command and everything it started: its descendants, whoever is in a session or group of theirs, and whoever carries
 * the command's marker in the environment (a daemon that left its parents behind). Returns those still alive.
 *
 * All are stopped before the first is ended: a stopped process neither forks nor makes room for another that does.
 */
export const killTree = async (root: number, marker: string | null): Promise<readonly number[]> => {
  const known = new Set([root]);
  const stopped = new Set<number>();
  for (let round = 0; round < rounds; round += 1) {
    const tree = membersOf(listProcesses(), known, marker);
    if (tree.length === 0) return [];
    // Remembered, so that orphans of an ended parent are still found in its session.
    for (const { pid, group, session } of tree) for (const id of [pid, group, session]) known.add(id);
    const running = tree.filter(({ pid }) => !stopped.has(pid));
    for (const { pid } of running) {
      signal(pid, 'SIGSTOP');
      stopped.add(pid);
    }
    if (running.length > 0) continue;
    for (const { pid } of tree) signal(pid, 'SIGKILL');
    await delay(2);
  }
  return membersOf(listProcesses(), known, marker).map((process) => process.pid);
};

const membersOf = (
  all: readonly ProcessEntry[],
  known: ReadonlySet<number>,
  marker: string | null,
): readonly ProcessEntry[] => {
  const harness = new Set([0, 1, process.pid]);
  const ownSession = all.find((entry) => entry.pid === process.pid)?.session ?? process.pid;
  const candidates = all.filter((entry) => !entry.zombie && !harness.has(entry.pid));
  const members = new Map<number, ProcessEntry>();
  const isMember = (entry: ProcessEntry): boolean =>
    known.has(entry.pid) ||
    members.has(entry.parent) ||
    (known.has(entry.parent) && !harness.has(entry.parent)) ||
    (entry.session !== ownSession && (known.has(entry.session) || known.has(entry.group))) ||
    (marker !== null && hasEnvironmentEntry(entry.pid, marker));
  for (let grown = true; grown;) {
    const found = candidates.filter((entry) => !members.has(entry.pid) && isMember(entry));
    for (const entry of found) members.set(entry.pid, entry);
    grown = found.length > 0;
  }
  return [...members.values()];
};

const signal = (pid: number, name: 'SIGSTOP' | 'SIGKILL'): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It ended by itself; anything else shows as a survivor.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') return;
  }
};
