import type Docker from 'dockerode';
import type { Capture } from '../capture/capture.ts';
import { createLab } from '../create-lab.ts';
import type { HostFile, Lab, LabOptions } from '../driver.ts';
import type { HostLimits } from '../limits.ts';
import { parseLinks, showLinks, type Link } from '../seal/links.ts';
import { cleanupContainers } from './cleanup.ts';
import type { Fabric } from './fabric.ts';
import { runInContainer } from './run-in-container.ts';
import { startHost, type DockerHost } from './running-host.ts';
import { openWirer, type Wirer } from './wirer.ts';

export interface DockerLabParts {
  readonly docker: Docker;
  readonly options: LabOptions;
  readonly fabric: Fabric;
  readonly capture: Capture;
  readonly limits: HostLimits;
  readonly programs: readonly HostFile[];
}

/** A lab whose hosts are containers, wired into a fabric that is a container too. */
export const createDockerLab = (parts: DockerLabParts): Lab => {
  const { docker, options, fabric } = parts;
  const { runId, evidence } = options;
  let wirer: Promise<Wirer> | null = null;
  let wirers = 0;

  const linksIn = async (container: DockerHost['container'], place: string): Promise<readonly Link[]> =>
    parseLinks(place, await runInContainer(docker, container, showLinks));

  /** Nothing that sees the machine's processes may be there when a test is. A host that comes later gets another. */
  const dismissWirer = async (): Promise<void> => {
    const present = wirer;
    wirer = null;
    await (await present)?.remove();
  };

  return createLab<DockerHost>({
    driver: 'docker',
    options,
    fabricEnded: fabric.container.wait().then(
      () => 'its container ended',
      (error: unknown) => String(error),
    ),
    capture: parts.capture,
    startHost: (host) =>
      startHost({
        ...parts,
        ...host,
        runId,
        evidence,
        wirer: () => (wirer ??= openWirer({ docker, runId, serial: (wirers += 1), programs: parts.programs })),
      }),
    links: async (hosts) => {
      await dismissWirer();
      const inHosts = await Promise.all(hosts.map(({ container, host }) => linksIn(container, host.spec.name)));
      return { fabric: await linksIn(fabric.container, 'fabric'), hosts: inHosts.flat() };
    },
    end: async () => {
      wirer = null;
      const { left } = await cleanupContainers(docker, runId, AbortSignal.timeout(60_000));
      return { ended: [], left };
    },
  });
};
