import { existsSync } from 'node:fs';
import type { Container } from 'dockerode';
import type Docker from 'dockerode';
import type { Zone } from '../../model/topology.ts';
import { setUpRouter } from '../router/translation.ts';
import { renderZones, zoneBridges } from '../zones.ts';
import { labelsOf } from './labels.ts';
import { imageName } from './image.ts';
import { runInContainer } from './run-in-container.ts';

/** A container that holds the lab's network: bridges and a router, and no way out. Docker's own networks are not used. */
export interface Fabric {
  readonly container: Container;
  /** Its first process, as the machine numbers it. */
  readonly initPid: number;
  readonly bridges: ReadonlyMap<string, string>;
}

/** Nothing speaks IPv6 in a lab; a fresh link must not announce itself either. */
export const quietNetwork = {
  'net.ipv6.conf.all.disable_ipv6': '1',
  'net.ipv6.conf.default.disable_ipv6': '1',
} as const;

/**
 * Where this module is, frames would meet the router's rules on a bridge already, and be captured with the addresses it gives them. The
 * engine is this machine's, and refuses a setting that the kernel does not have.
 */
const plainBridges = (): Record<string, string> =>
  existsSync('/proc/sys/net/bridge/bridge-nf-call-iptables') ? { 'net.bridge.bridge-nf-call-iptables': '0' } : {};

export const openFabric = async (docker: Docker, runId: string, zones: readonly Zone[]): Promise<Fabric> => {
  const container = await docker.createContainer({
    name: `tocsin-${runId}-fabric`,
    Image: imageName,
    Labels: labelsOf(runId),
    Cmd: ['/usr/bin/sleep', 'infinity'],
    HostConfig: {
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      CapAdd: ['NET_ADMIN'],
      SecurityOpt: ['no-new-privileges'],
      Sysctls: { ...quietNetwork, ...plainBridges(), 'net.ipv4.ip_forward': '1' },
      ReadonlyRootfs: true,
      LogConfig: { Type: 'none', Config: {} },
    },
  });
  await container.start();
  const bridges = zoneBridges(zones);
  await runInContainer(docker, container, ['ip', '-batch', '-'], renderZones(zones, bridges));
  await setUpRouter(zones, (argv, input) => runInContainer(docker, container, argv, input));
  return { container, initPid: (await container.inspect()).State.Pid, bridges };
};
