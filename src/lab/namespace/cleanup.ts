import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import type { Residue } from '../../model/run-result.ts';
import { removeAuditRules } from '../audit/audit-sensor.ts';
import type { CleanupReport } from '../driver.ts';
import { endLab } from './end-lab.ts';
import { isRunning } from './machine-process.ts';
import { findLabels, findStale } from './state-folder.ts';

/** Ends labs by their labels: one by its run, or all whose owner is gone. */
export const cleanupLabs = async (
  roots: readonly string[],
  runId: string | null,
  signal: AbortSignal,
): Promise<CleanupReport> => {
  const ended: Residue[] = [];
  const left: Residue[] = [];
  for (const found of roots.flatMap(findLabels)) {
    signal.throwIfAborted();
    const name = basename(found.folder);
    if (runId !== null && name !== runId) continue;
    if (found.label === null) {
      left.push({ kind: 'folder', name: found.folder, detail: found.problem });
      continue;
    }
    if (runId === null && isRunning(found.label.owner)) continue;
    const outcome = await endLab(found.label);
    ended.push(...outcome.ended);
    left.push(...outcome.left);
    if (outcome.left.length > 0) continue;
    rmSync(found.folder, { recursive: true });
    ended.push({ kind: 'folder', name: found.folder, detail: `label of run ${name}` });
  }
  ended.push(...(await removeAuditRules(runId)));
  for (const folder of roots.flatMap(findStale)) rmSync(folder, { recursive: true });
  return { ended, left };
};
