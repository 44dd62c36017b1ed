import { join } from 'node:path';
import { readRun, runIds } from '../../api/find-run.ts';
import { exitCode } from '../../model/exit-code.ts';
import type { RunResult } from '../../model/run-result.ts';

/** What the latest run that says something of a thing says, by the thing's id. */
export interface Statuses {
  /** Id → statuses: a detection may have fired on one test and missed another. */
  readonly of: (what: string, id: string) => readonly string[];
}

/** What `--status` may be, by what is listed. */
export const statusWords: Readonly<Record<string, readonly string[]>> = {
  atomics: ['executed', 'not-run', 'untested'],
  detections: ['fired', 'missed', 'blind', 'broken', 'quiet', 'noisy', 'not-run', 'error', 'untested'],
  scenarios: ['met', 'gap', 'lab-broken', 'residue', 'untested'],
  techniques: ['detected', 'partial', 'telemetry-only', 'blind', 'noisy', 'untested'],
  runs: ['met', 'gap', 'lab-broken', 'residue'],
};

/** Reads every run below a folder, oldest first, so that the latest has the last word. Runs that cannot be read say nothing. */
export const readStatuses = async (reports: string): Promise<Statuses> => {
  const known = new Map<string, readonly string[]>();
  for (const id of await runIds(reports)) {
    const run = await readRun(join(reports, id)).catch(() => null);
    if (run !== null) for (const [key, statuses] of said(run, id)) known.set(key, [...statuses].sort());
  }
  return { of: (what, id) => known.get(`${what}/${id}`) ?? (what === 'runs' ? [] : ['untested']) };
};

const said = (run: RunResult, id: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  const add = (key: string, status: string): void => void found.set(key, (found.get(key) ?? new Set()).add(status));
  add(`runs/${id}`, outcomeOf(run));
  add(`scenarios/${run.scenario.id}`, outcomeOf(run));
  for (const { technique, status } of run.coverage) add(`techniques/${technique}`, status);
  for (const { technique, atomic, executed, detections } of run.results) {
    add(`atomics/${technique}-${atomic.number}`, executed.status);
    for (const detection of detections) add(`detections/${detection.id}`, detection.verdict);
  }
  return found;
};

const outcomeOf = (run: RunResult): string => {
  switch (run.exitCode) {
    case exitCode.ok:
      return 'met';
    case exitCode.gap:
      return 'gap';
    case exitCode.residue:
      return 'residue';
    default:
      return 'lab-broken';
  }
};
