import { join, resolve } from 'node:path';
import type { CleanupReport, Driver, Lab, LabOptions } from '../driver.ts';
import { bridgesFile } from '../capture/capture.ts';
import { checkPrefixes, checkRunId } from '../check-lab.ts';
import { defaultLimits, type HostLimits } from '../limits.ts';
import { machinePrefixes } from '../seal/machine-addresses.ts';
import { startCapture } from './capture.ts';
import { cleanupContainers } from './cleanup.ts';
import { connectEngine, probeEngine } from './engine.ts';
import { openFabric } from './fabric.ts';
import { imageRecipe } from './image.ts';
import { createDockerLab } from './lab.ts';
import { readProgramFiles } from './program-files.ts';

export interface DockerDriverOptions {
  /** Built programs that run inside hosts; `dist/host` of this project when absent. */
  readonly hostPrograms?: string;
  readonly limits?: Partial<HostLimits>;
}

/** Labs from containers of one engine on this machine. Nothing is pulled, nothing is privileged, no network of Docker's is used. */
export const createDockerDriver = (options: DockerDriverOptions): Driver => {
  const hostPrograms = options.hostPrograms ?? resolve(import.meta.dirname, '../../../dist/host');
  const limits = { ...defaultLimits, ...options.limits };
  const docker = connectEngine();

  const openLab = async (labOptions: LabOptions): Promise<Lab> => {
    const { runId, zones, signal } = labOptions;
    signal.throwIfAborted();
    checkRunId(runId);
    checkPrefixes(zones, machinePrefixes());
    const programs = await readProgramFiles(hostPrograms);
    try {
      const fabric = await openFabric(docker, runId, zones);
      const capture = await startCapture({
        ...{ docker, runId, network: fabric.container.id, of: 'the bridges', name: 'fabric-packets' },
        interfaces: [...fabric.bridges.values()],
        file: join(labOptions.evidence, bridgesFile),
        limitBytes: limits.packetBytes,
      });
      return createDockerLab({ docker, options: labOptions, fabric, capture, limits, programs });
    } catch (error) {
      await cleanupContainers(docker, runId, AbortSignal.timeout(60_000));
      throw error;
    }
  };

  const cleanup = async (runId: string | null, signal: AbortSignal): Promise<CleanupReport> => {
    try {
      await docker.ping();
    } catch {
      // Where no engine answers there is nothing of this driver's that could be ended.
      return { ended: [], left: [] };
    }
    return cleanupContainers(docker, runId, signal);
  };

  return {
    name: 'docker',
    release: imageRecipe.suite,
    probe: () => probeEngine(docker, hostPrograms),
    openLab,
    cleanup,
  };
};
