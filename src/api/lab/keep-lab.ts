import { mkdirSync } from 'node:fs';
import { ContentError } from '../../judge/content-error.ts';
import type { Driver } from '../../lab/driver.ts';
import { provideSoftware } from '../../lab/software/provide-software.ts';
import { isError } from '../../model/diagnostic.ts';
import { HarnessError } from '../../model/harness-error.ts';
import { exitCode } from '../../model/exit-code.ts';
import type { Topology } from '../../model/topology.ts';
import { raiseLab } from '../../run/kept-lab.ts';
import { wantedSoftware } from '../../run/wanted-software.ts';
import { systemClock } from '../../util/clock.ts';
import { suggestionHint } from '../../util/suggest.ts';
import { loadProject } from '../load-project.ts';
import { softwareOptions } from '../software-options.ts';
import { ownProcess, socketOf, writeLab, type LabFile } from './lab-file.ts';
import { serveLab } from './serve-lab.ts';

/** A topology of a project. Throws with the names that there are. */
export const findTopology = async (root: string, wanted: string | undefined): Promise<Topology> => {
  const { topologies, diagnostics } = await loadProject(root, []);
  const names = [...topologies.keys()];
  const [only] = names;
  const name = wanted ?? (names.length === 1 ? only : undefined);
  const found = name === undefined ? undefined : topologies.get(name);
  if (found !== undefined) return found;
  // A file that cannot be read gives no topology: what is wrong in it says more than that there is none.
  const broken = diagnostics.filter((one) => isError(one) && one.place?.file.includes('topologies/') === true);
  if (broken.length > 0) throw new ContentError(broken);
  const what = wanted === undefined ? 'which topology?' : `there is no topology ${JSON.stringify(wanted)}`;
  throw new HarnessError(what, {
    code: 'lab/no-topology',
    exitCode: exitCode.usage,
    hint:
      (wanted === undefined ? null : suggestionHint(wanted, names)) ?? `those of lab/topologies: ${names.join(', ')}`,
  });
};

export interface KeepLabOptions {
  readonly labs: string;
  /** Its owner is not yet the process that calls. */
  readonly file: LabFile;
  readonly topology: Topology;
  readonly driver: Driver;
  /** Asks for its end. */
  readonly signal: AbortSignal;
  readonly notice: (text: string) => void;
  /** The lab is up, and answers. */
  readonly onUp: () => void;
}

/** Raises a lab, answers questions about it, and takes it down when the signal says so, or when it dies: that throws. */
export const keepLab = async (options: KeepLabOptions): Promise<void> => {
  const { labs, topology, driver, signal, notice } = options;
  const file = { ...options.file, owner: ownProcess() };
  writeLab(labs, file);
  mkdirSync(file.evidence, { recursive: true, mode: 0o700 });
  const software = await provideSoftware(wantedSoftware({ hosts: topology.hosts, variants: [] }), {
    ...softwareOptions(driver, signal),
    notice,
  });
  const lab = await raiseLab({
    ...{ driver, labId: file.lab, topology, software, evidence: file.evidence, clock: systemClock, signal },
    emit: () => undefined,
  });
  try {
    for (const [host, packages] of software.missing)
      for (const [name, { reason }] of packages) notice(`${host} goes without ${name}: ${reason}`);
    const server = await serveLab(lab, socketOf(labs, file.lab));
    try {
      writeLab(labs, { ...file, state: 'up' });
      options.onUp();
      const aborted = new Promise<null>((resolve) => {
        if (signal.aborted) resolve(null);
        signal.addEventListener('abort', () => resolve(null), { once: true });
      });
      const reason = await Promise.race([lab.died, aborted]);
      if (reason !== null) throw new HarnessError(`the lab died: ${reason}`, { code: 'lab/died' });
    } finally {
      server.close();
    }
  } finally {
    const { left } = await lab.down();
    for (const { kind, name, detail } of left) notice(`left ${kind} ${name}: ${detail}`);
  }
};
