import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HarnessError } from '../../model/harness-error.ts';
import type { Driver, Lab, LabOptions } from '../driver.ts';
import { bridgesFile } from '../capture/capture.ts';
import { checkPrefixes, checkRunId } from '../check-lab.ts';
import { machineRelease } from '../software/machine-release.ts';
import { defaultLimits, type HostLimits } from '../limits.ts';
import { machinePrefixes } from '../seal/machine-addresses.ts';
import { startCapture } from './capture.ts';
import { cleanupLabs } from './cleanup.ts';
import { openFabric } from './fabric.ts';
import { chooseIdMap } from './id-map.ts';
import { createNamespaceLab } from './lab.ts';
import { identify, namespaceOf } from './machine-process.ts';
import { probeNamespaces } from './probe.ts';
import { claimRoot, ownIdentity, removeLabel, stateRoots, writeLabel, type LabLabel } from './state-folder.ts';

export interface NamespaceDriverOptions {
  /** Built programs that run inside hosts; `dist/host` of this project when absent. */
  readonly hostPrograms?: string;
  readonly limits?: Partial<HostLimits>;
}

/** Labs from Linux namespaces alone: no engine, no daemon, no image; as root and as an ordinary user. */
export const createNamespaceDriver = (options: NamespaceDriverOptions): Driver => {
  const hostPrograms = options.hostPrograms ?? resolve(import.meta.dirname, '../../../dist/host');
  const uid = process.getuid?.() ?? 0;
  const roots = stateRoots(uid, process.env['XDG_RUNTIME_DIR']);
  const limits = { ...defaultLimits, ...options.limits };

  const openLab = async (labOptions: LabOptions): Promise<Lab> => {
    const { runId, zones, signal } = labOptions;
    signal.throwIfAborted();
    checkRunId(runId);
    checkPrefixes(zones, machinePrefixes());
    const [stateRoot = ''] = roots;
    claimRoot(stateRoot, uid);
    const idMap = chooseIdMap(uid, process.getgid?.() ?? 0, readFileSync('/proc/self/uid_map', 'latin1'));
    const claimed: LabLabel = { schemaVersion: 1, runId, owner: ownIdentity(), init: null };
    writeLabel(stateRoot, claimed);
    try {
      const software = [...(labOptions.software?.values() ?? [])];
      const fabric = await openFabric({ runId, zones, idMap, node: process.execPath, hostPrograms, software });
      const label: LabLabel = { ...claimed, init: identifyInit(fabric.initPid) };
      writeLabel(stateRoot, label);
      const capture = await startCapture({
        ...{ runId, idMap, pid: fabric.initPid, of: 'the bridges', interfaces: [...fabric.bridges.values()] },
        ...{ file: join(labOptions.evidence, bridgesFile), limitBytes: limits.packetBytes },
      }).catch((error: unknown) => {
        fabric.process.child.kill('SIGKILL');
        throw error;
      });
      return createNamespaceLab({ options: labOptions, fabric, capture, idMap, limits, stateRoot, label });
    } catch (error) {
      removeLabel(stateRoot, runId);
      throw error;
    }
  };

  return {
    name: 'namespace',
    release: machineRelease(),
    probe: (signal) => probeNamespaces(hostPrograms, signal),
    openLab,
    cleanup: (runId, signal) => cleanupLabs(roots, runId, signal),
  };
};

const identifyInit = (pid: number): NonNullable<LabLabel['init']> => {
  const identity = identify(pid);
  const pidNamespace = namespaceOf(pid, 'pid');
  const userNamespace = namespaceOf(pid, 'user');
  if (identity === null || pidNamespace === null || userNamespace === null) {
    throw new HarnessError('the fabric ended as soon as it began', { code: 'lab/failed-to-start' });
  }
  return { ...identity, pidNamespace, userNamespace };
};
