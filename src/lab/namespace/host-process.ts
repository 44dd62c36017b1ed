import type { Duplex } from 'node:stream';
import { HarnessError } from '../../model/harness-error.ts';
import type { HostSpec, Zone } from '../../model/topology.ts';
import { withLoginUid } from '../audit/audit-sensor.ts';
import type { Fabric } from './fabric.ts';
import { createArchive, type HostLink } from '../host/archive.ts';
import type { SoftwareLayer } from '../software-layer.ts';
import type { HostFile } from '../driver.ts';
import type { HostLimits } from '../limits.ts';
import { hostNode, hostPrograms } from '../in-host.ts';
import { straceArguments } from '../trace-set.ts';
import type { AgentConfig } from '../agent/protocol.ts';
import { agentUser, type IdMap } from './id-map.ts';
import { agentLauncher, commandLauncher } from '../host/launcher.ts';
import { readPid, startLong, type LongProcess } from './long-process.ts';
import { identify, type ProcessIdentity } from './machine-process.ts';
import { limitLauncher, readMachineLimits } from './resource-limits.ts';
import { shellScript } from './script.ts';
import { enter, runTool, unshareAll } from './tool.ts';
import { renderWiring } from '../wiring.ts';

export interface HostProcess {
  readonly process: LongProcess;
  /** PID 1 of the host, as the machine numbers it. */
  readonly init: ProcessIdentity;
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
  readonly folders: readonly string[];
  readonly software: SoftwareLayer | null;
  readonly loginUid: number | null;
  /** Open for writing; the host's sensor gets it, and nobody else there. */
  readonly traceDescriptor: number;
}

/** Starts a host. Its agent will speak on the process's standard streams. */
export const startHostProcess = async (options: HostProcessOptions): Promise<HostProcess> => {
  const { runId, fabric, spec } = options;
  const archive = await createArchive(options.files, options.links, options.folders);
  const script = shellScript('host.sh', [
    spec.name,
    String(options.limits.diskBytes),
    String(options.limits.files),
    options.software?.id ?? '',
    ...sensorCommand(options),
  ]);
  const process = startLong(
    runId,
    withLoginUid(
      options.loginUid,
      enter(options.idMap, fabric.initPid, ['user', 'mount', 'net', 'pid', 'ipc', 'uts'], [...unshareAll, ...script]),
    ),
    [options.traceDescriptor, 'pipe'],
  );
  const birth = process.child.stdio[4] as Duplex;
  // A host that ends before it has read its files says why itself.
  birth.on('error', () => undefined).resume();
  birth.end(archive);

  const pid = await readPid(process, `host ${spec.name}`);
  const init = identify(pid);
  if (init === null)
    throw new HarnessError(`host ${spec.name} ended: ${await process.ended}`, { code: 'lab/failed-to-start' });
  return { process, init };
};

/** Lays the cable between fabric and host. */
export const wireHost = async (options: HostProcessOptions, { init }: HostProcess): Promise<void> => {
  const { runId, fabric, idMap } = options;
  const wiring = renderWiring({ ...options, bridges: fabric.bridges, initPid: init.pid });
  await runTool(runId, enter(idMap, fabric.initPid, ['user', 'net'], ['ip', '-batch', '-']), wiring.fabric);
  await runTool(runId, enter(idMap, init.pid, ['user', 'net'], ['ip', '-batch', '-']), wiring.host);
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
