import type { ContainerCreateOptions } from 'dockerode';
import type { HostSpec, Zone } from '../../model/topology.ts';
import { withLoginUid } from '../audit/audit-sensor.ts';
import type { AgentConfig } from '../agent/protocol.ts';
import { agentLauncher, commandLauncher, testCapabilities } from '../host/launcher.ts';
import { harnessFolder, hostNode, hostPrograms } from '../in-host.ts';
import type { HostLimits } from '../limits.ts';
import { resolverOf } from '../network.ts';
import type { SoftwareLayer } from '../software-layer.ts';
import { straceArguments } from '../trace-set.ts';
import { agentUser } from './agent-user.ts';
import { quietNetwork } from './fabric.ts';
import { imageName } from './image.ts';
import { labelsOf } from './labels.ts';

/** Where a container has its software layer. */
export const layerFolder = `${harnessFolder}/software`;

/** Beyond its commands', the agent has what it takes to end them, to look after them, and to be out of their reach. */
const agentCapabilities = [...testCapabilities, 'kill', 'setuid', 'setgid', 'setpcap', 'sys_ptrace'];

/** The container of one host: no network of Docker's, no privileges beyond the list, the sensor as its first process. */
export const hostContainer = (
  runId: string,
  spec: HostSpec,
  zone: Zone,
  limits: HostLimits,
  software: SoftwareLayer | null,
  loginUid: number | null,
): ContainerCreateOptions => ({
  name: `tocsin-${runId}-${spec.name}`,
  Image: imageName,
  Labels: labelsOf(runId),
  Hostname: spec.name,
  Cmd: [...withLoginUid(loginUid, sensorCommand())],
  Env: [],
  OpenStdin: true,
  StdinOnce: true,
  AttachStdin: true,
  AttachStdout: true,
  AttachStderr: true,
  HostConfig: {
    NetworkMode: 'none',
    CapDrop: ['ALL'],
    // Nothing in the container ever has more.
    CapAdd: agentCapabilities.map((name) => name.toUpperCase()),
    SecurityOpt: ['no-new-privileges'],
    Sysctls: { ...quietNetwork },
    Dns: [resolverOf(zone)],
    DnsOptions: ['timeout:1', 'attempts:1'],
    ExtraHosts: [`${spec.name}:${spec.address}`],
    // The wirer lays it over /usr, as the other driver does.
    Binds: software === null ? [] : [`${software.folder}/usr:${layerFolder}:ro`],
    PidsLimit: limits.processes,
    Ulimits: [
      { Name: 'core', Soft: 0, Hard: 0 },
      { Name: 'nofile', Soft: limits.openFiles, Hard: limits.openFiles },
      { Name: 'fsize', Soft: limits.diskBytes, Hard: limits.diskBytes },
      { Name: 'data', Soft: limits.dataBytes, Hard: limits.dataBytes },
    ],
    // The trace comes over the container's streams; the engine must not keep a second copy.
    LogConfig: { Type: 'none', Config: {} },
  },
});

const sensorCommand = (): readonly string[] => {
  const config: AgentConfig = { launcher: commandLauncher({ groups: 'clear' }) };
  return [
    '/usr/bin/strace',
    ...straceArguments('/proc/self/fd/2'),
    // The agent must not have the trace.
    ...['/bin/sh', '-c', 'exec 2>/dev/null; exec "$@"', 'sh'],
    ...agentLauncher(agentUser, agentCapabilities),
    ...[hostNode, `${hostPrograms}/lab/agent.mjs`, JSON.stringify(config)],
  ];
};
