import type Docker from 'dockerode';
import type { Residue } from '../../model/run-result.ts';
import type { CleanupReport } from '../driver.ts';
import { isNotFound } from './engine.ts';
import { hasOwner, runFilter, runOf } from './labels.ts';

/** Removes the containers of one run, or of every run whose owner is gone; found by label, so a crash of ours hides nothing. */
export const cleanupContainers = async (
  docker: Docker,
  runId: string | null,
  signal: AbortSignal,
): Promise<CleanupReport> => {
  const ended: Residue[] = [];
  const left: Residue[] = [];
  const found = await docker.listContainers({ all: true, filters: runFilter(runId) });
  await Promise.all(
    found
      .filter(({ Labels }) => runId !== null || !hasOwner(Labels))
      .map(async ({ Id, Names, Labels }) => {
        signal.throwIfAborted();
        const residue: Residue = {
          kind: 'container',
          name: Names[0]?.slice(1) ?? Id,
          detail: `container ${Id.slice(0, 12)} of run ${runOf(Labels)}`,
        };
        try {
          await docker.getContainer(Id).remove({ force: true, v: true });
          ended.push(residue);
        } catch (error) {
          if (isNotFound(error)) return;
          left.push({ ...residue, detail: error instanceof Error ? error.message : String(error) });
        }
      }),
  );
  const byName = (a: Residue, b: Residue): number => (a.name < b.name ? -1 : 1);
  return { ended: ended.sort(byName), left: left.sort(byName) };
};
