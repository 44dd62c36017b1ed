import { setTimeout as delay } from 'node:timers/promises';
import { readdirSync, readFileSync } from 'node:fs';

export interface OutsideProcess {
  readonly pid: number;
  readonly name: string;
  readonly args: readonly string[];
}

/** Processes of the machine that carry the label of this run, whatever namespace they are in. */
export const processesOfRun = (runId: string): readonly OutsideProcess[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && read(pid, 'environ').includes(`TOCSIN_RUN=${runId}`))
    .map((pid) => ({ pid, name: read(pid, 'comm')[0]?.trim() ?? '', args: read(pid, 'cmdline') }));

/** The same, once the kernel has had a moment to end them by itself. */
export const remainingOfRun = async (runId: string): Promise<readonly OutsideProcess[]> => {
  for (let tries = 0; tries < 100 && processesOfRun(runId).length > 0; tries += 1) await delay(20);
  return processesOfRun(runId);
};

const read = (pid: number, file: string): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1').split('\0');
  } catch {
    return [];
  }
};
