import { systemClock } from '../../util/clock.ts';
import type { Capture } from '../capture/capture.ts';
import { createLab } from '../create-lab.ts';
import type { CleanupReport, Lab, LabOptions } from '../driver.ts';
import type { HostLimits } from '../limits.ts';
import { parseLinks, showLinks, type Link } from '../seal/links.ts';
import { endLab } from './end-lab.ts';
import type { Fabric } from './fabric.ts';
import type { IdMap } from './id-map.ts';
import { startHost, type NamespaceHost } from './running-host.ts';
import { removeLabel, type LabLabel } from './state-folder.ts';
import { enter, runTool } from './tool.ts';

export interface NamespaceLabParts {
  readonly options: LabOptions;
  readonly fabric: Fabric;
  readonly capture: Capture;
  readonly idMap: IdMap;
  readonly limits: HostLimits;
  readonly stateRoot: string;
  readonly label: LabLabel;
}

/** How long the fabric gets to end by itself before it is ended. */
const patienceMs = 3000;

/** A lab that is one tree of processes in namespaces of its own. */
export const createNamespaceLab = (parts: NamespaceLabParts): Lab => {
  const { options, fabric, label } = parts;
  const { runId, evidence } = options;

  const linksIn = async (pid: number, place: string): Promise<readonly Link[]> =>
    parseLinks(place, await runTool(runId, enter(parts.idMap, pid, ['user', 'net'], showLinks)));

  const end = async (): Promise<CleanupReport> => {
    fabric.process.child.stdin?.end();
    await Promise.race([fabric.process.ended, systemClock.sleep(patienceMs)]);
    const outcome = await endLab(label);
    if (outcome.left.length === 0) removeLabel(parts.stateRoot, runId);
    return outcome;
  };

  return createLab<NamespaceHost>({
    driver: 'namespace',
    options,
    fabricEnded: fabric.process.ended,
    capture: parts.capture,
    startHost: (host) => startHost({ ...parts, ...host, runId, evidence }),
    links: async (hosts) => ({
      fabric: await linksIn(fabric.initPid, 'fabric'),
      hosts: (await Promise.all(hosts.map(({ initPid, host }) => linksIn(initPid, host.spec.name)))).flat(),
    }),
    end,
  });
};
