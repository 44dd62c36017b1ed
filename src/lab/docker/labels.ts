import { identify, isRunning, type ProcessIdentity } from '../namespace/machine-process.ts';

const runLabel = 'tocsin.run';
const ownerLabel = 'tocsin.owner';

/** On every container of a lab: which run it belongs to, and which process of the machine answers for it. */
export const labelsOf = (runId: string): Readonly<Record<string, string>> => {
  const owner = identify(process.pid);
  return { [runLabel]: runId, [ownerLabel]: owner === null ? '' : `${owner.pid}:${owner.start}` };
};

export const runFilter = (runId: string | null): { readonly label: string[] } => ({
  label: [runId === null ? runLabel : `${runLabel}=${runId}`],
});

export const runOf = (labels: Readonly<Record<string, string>>): string => labels[runLabel] ?? '';

/** Whether the process that made it still runs; a later process with the same number does not count. */
export const hasOwner = (labels: Readonly<Record<string, string>>): boolean => {
  const [pid = NaN, start = NaN] = (labels[ownerLabel] ?? '').split(':').map(Number);
  const owner: ProcessIdentity = { pid, start };
  return isRunning(owner);
};
