import type { Duplex } from 'node:stream';
import type { HostSpec, Zone } from '../../model/topology.ts';
import type { Fabric } from './fabric.ts';
import { createArchive, type HostLink } from '../host/archive.ts';
import type { HostFile } from '../driver.ts';
import type { HostLimits } from '../limits.ts';
import { hostNode, hostPrograms } from '../in-host.ts';
import { straceArguments } from '../trace-set.ts';
import type { AgentConfig } from '../agent/protocol.ts';
import { agentUser, type IdMap } from './id-map.ts';
import { agentLauncher, commandLauncher } from '../host/launcher.ts';
import { firstLine, startLong, type LongProcess } from './long-process.ts';
import { limitLauncher, readMachineLimits } from './resource-limits.ts';
import { shellScript } from './script.ts';
import { enter, runTool } from './tool.ts';
import { renderWiring } from '../wiring.ts';

export interface HostProcess {
  readonly process: LongProcess;
  /** PID 1 of the host, as the machine numbers it. */
  readonly initPid: number;
}

export interface HostProcessOptions {
  readonly runId: string;
  readonly fabric: Fabric;
  readonly idMap: IdMap;
  readonly limits: HostLimits;
  readonly spec: HostSpec;
  readonly zone: Zone;
  /** Unique in the lab: the name of the host's link in the fabric. */
  readonly link: string;
  readonly files: readonly HostFile[];
  readonly links: readonly HostLink[];
  /** Open for writing; the host's sensor gets it, and nobody else there. */
  readonly traceDescriptor: number;
}

const newNamespaces = [
  '--net',
  '--mount',
  '--pid',
  '--ipc',
  '--uts',
  '--propagation=private',
  '--fork',
  '--kill-child=SIGKILL',
];

/** Starts a host and wires it. Its agent then speaks on the process's standard streams. */
export const startHostProcess = async (options: HostProcessOptions): Promise<HostProcess> => {
  const { runId, fabric, spec } = options;
  const archive = await createArchive(options.files, options.links);
  const script = shellScript('host.sh', [
    spec.name,
    String(options.limits.diskBytes),
    String(options.limits.files),
    ...sensorCommand(options),
  ]);
  const process = startLong(
    runId,
    enter(
      options.idMap,
      fabric.initPid,
      ['user', 'mount', 'net', 'pid', 'ipc', 'uts'],
      ['unshare', ...newNamespaces, ...script],
    ),
    [options.traceDescriptor, 'pipe'],
  );
  const birth = process.child.stdio[4] as Duplex;
  // A host that ends before it has read its files says why itself.
  birth.on('error', () => undefined).resume();
  birth.end(archive);

  const initPid = Number(await firstLine(process, `host ${spec.name}`));
  const wiring = renderWiring({ ...options, bridges: fabric.bridges, initPid });
  await runTool(runId, enter(options.idMap, fabric.initPid, ['user', 'net'], ['ip', '-batch', '-']), wiring.fabric);
  await runTool(runId, enter(options.idMap, initPid, ['user', 'net'], ['ip', '-batch', '-']), wiring.host);
  return { process, initPid };
};

/** The sensor is PID 1, so that no test can signal it, and traces its only child, the agent, with all that descends from it. */
const sensorCommand = ({ idMap, limits }: HostProcessOptions): readonly string[] => {
  const config: AgentConfig = { launcher: commandLauncher({ groups: idMap.kind === 'single' ? 'keep' : 'clear' }) };
  return [
    '/usr/bin/strace',
    ...straceArguments('/proc/self/fd/3'),
    // The agent must not have the trace.
    ...['/bin/sh', '-c', 'exec 3>&-; exec "$@"', 'sh'],
    ...limitLauncher(limits, readMachineLimits()),
    // The one user of a lab of one user is the agent's too.
    ...(idMap.kind === 'single' ? [] : agentLauncher(agentUser(idMap), ['all'])),
    ...[hostNode, `${hostPrograms}/lab/agent.mjs`, JSON.stringify(config)],
  ];
};
