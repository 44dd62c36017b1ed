import { HarnessError } from '../model/harness-error.ts';
import type { Zone } from '../model/topology.ts';
import { prefixesOverlap } from './network.ts';

/** A run's id becomes the name of a folder. */
export const checkRunId = (runId: string): void => {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(runId)) {
    throw new HarnessError(`${JSON.stringify(runId)} cannot be the id of a run`, { code: 'lab/bad-run' });
  }
};

/** A lab that had the machine's own prefix would answer where the machine's neighbors do, and hide it when the seal breaks. */
export const checkPrefixes = (zones: readonly Zone[], machine: readonly string[]): void => {
  for (const { name, prefix } of zones) {
    const other = machine.find((candidate) => prefixesOverlap(prefix, candidate));
    if (other === undefined) continue;
    throw new HarnessError(`zone ${name} (${prefix}) overlaps this machine's own network ${other}`, {
      code: 'lab/prefix-overlaps',
      hint: 'Give the zone another prefix in the topology.',
    });
  }
};
