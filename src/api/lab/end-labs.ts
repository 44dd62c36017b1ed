import type { CleanupReport, Driver } from '../../lab/driver.ts';
import { isRunning } from '../../lab/namespace/machine-process.ts';
import type { Residue } from '../../model/run-result.ts';
import { systemClock } from '../../util/clock.ts';
import { findLabs, hasOwner, labFolder, removeLab, type LabFile } from './lab-file.ts';

/** How long the process that keeps a lab may take to bring it down by itself. */
const patienceMs = 30_000;

/**
 * Ends a kept lab: its keeper is asked to take it down in order, the driver ends by label what that left, and the note of it goes, with
 * its evidence unless that is kept elsewhere.
 */
export const endLab = async (
  labs: string,
  file: LabFile,
  drivers: readonly Driver[],
  signal: AbortSignal,
): Promise<CleanupReport> => {
  const ended: Residue[] = [];
  if (hasOwner(file)) {
    process.kill(file.owner.pid, 'SIGTERM');
    for (let waited = 0; waited < patienceMs && isRunning(file.owner); waited += 50)
      await systemClock.sleep(50, signal);
    if (isRunning(file.owner)) process.kill(file.owner.pid, 'SIGKILL');
    ended.push({ kind: 'process', name: file.lab, detail: `process ${file.owner.pid}, which kept lab ${file.lab}` });
  }
  const swept = await sweep(file, drivers, signal);
  if (swept.left.length === 0) removeLab(labs, file.lab);
  return { ended: [...ended, ...swept.ended], left: swept.left };
};

const sweep = async (file: LabFile, drivers: readonly Driver[], signal: AbortSignal): Promise<CleanupReport> => {
  const driver = drivers.find(({ name }) => name === file.driver);
  return driver === undefined ? { ended: [], left: [] } : driver.cleanup(file.lab, signal);
};

/** Forgets labs whose keeper is gone and whose hosts the drivers have ended: what `cleanup` does last. */
export const forgetLabs = (labs: string): readonly Residue[] =>
  findLabs(labs)
    .filter((file) => !hasOwner(file))
    .map((file) => {
      removeLab(labs, file.lab);
      return { kind: 'folder', name: labFolder(labs, file.lab), detail: `note of lab ${file.lab}` };
    });
