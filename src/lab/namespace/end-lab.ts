import { systemClock } from '../../util/clock.ts';
import type { Residue } from '../../model/run-result.ts';
import {
  carriesLabel,
  identify,
  isRunning,
  killProcess,
  namespaceOf,
  processesIn,
  type ProcessIdentity,
} from './machine-process.ts';
import type { LabLabel } from './state-folder.ts';

const patienceMs = 5000;
const stepMs = 20;

/**
 * Ends what is left of a lab: its PID 1, and with it, by the kernel's hand, every process of its hosts. A process is touched
 * only when number, start time and namespace all are what the label says. Returns what it ended and what it could not end.
 */
export const endLab = async (
  label: LabLabel,
): Promise<{ readonly ended: readonly Residue[]; readonly left: readonly Residue[] }> => {
  const { init } = label;
  if (init === null) return { ended: [], left: [] };
  const wasRunning = isRunning(init) && namespaceOf(init.pid, 'pid') === init.pidNamespace;
  if (wasRunning) killProcess(init);
  // Our launchers, outside the lab's process namespace, end with it; they get a moment, then they are ended. The namespace's
  // number alone does not make a process ours: the kernel gives numbers again.
  const ours = (): readonly ProcessIdentity[] =>
    processesIn(init.userNamespace).filter(({ pid }) => carriesLabel(pid, label.runId));
  for (let waited = 0; waited < patienceMs && ours().length > 0; waited += stepMs) {
    if (waited > patienceMs / 2) ours().forEach(killProcess);
    await systemClock.sleep(stepMs);
  }
  const describe = ({ pid }: ProcessIdentity): Residue => ({
    kind: 'process',
    name: `${label.runId}/${pid}`,
    detail: `process ${pid} in ${init.userNamespace}`,
  });
  return {
    ended: wasRunning ? [describe(init)] : [],
    left: ours()
      .filter(({ pid }) => identify(pid) !== null)
      .map(describe),
  };
};
