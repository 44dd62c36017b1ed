import { writeFileSync } from 'node:fs';
import { HarnessError } from '../../model/harness-error.ts';
import type { Zone } from '../../model/topology.ts';
import type { SoftwareLayer } from '../software-layer.ts';
import { setUpRouter } from '../router/translation.ts';
import { renderZones, zoneBridges } from '../zones.ts';
import { renderIdMaps, type IdMap } from './id-map.ts';
import { firstLine, readPid, startLong, type LongProcess } from './long-process.ts';
import { shellScript } from './script.ts';
import { enter, runTool, unshareAll } from './tool.ts';

/** The lab's own namespaces, held by their PID 1, with a bridge for every zone and a router between them. */
export interface Fabric {
  /** PID 1 of the lab, as the machine numbers it. */
  readonly initPid: number;
  /** Ends when PID 1 does. */
  readonly process: LongProcess;
  readonly bridges: ReadonlyMap<string, string>;
}

export interface FabricOptions {
  readonly runId: string;
  readonly zones: readonly Zone[];
  readonly idMap: IdMap;
  readonly node: string;
  readonly hostPrograms: string;
  /** Software layers of the lab's hosts. */
  readonly software: readonly SoftwareLayer[];
}

export const openFabric = async (options: FabricOptions): Promise<Fabric> => {
  const { runId, zones, idMap } = options;
  const holder = await holdUserNamespace(options);
  try {
    const prepareInside = idMap.kind === 'single' ? prepare(options) : [];
    const process = startLong(
      runId,
      enter(idMap, holder.child.pid ?? 0, idMap.kind === 'single' ? ['user'] : ['user', 'mount'], [
        ...unshareAll,
        ...prepareInside,
        ...shellScript('fabric.sh', []),
      ]),
    );
    try {
      const initPid = await readPid(process, 'the fabric');
      const bridges = zoneBridges(zones);
      const inFabric = (argv: readonly string[], input: string): Promise<string> =>
        runTool(runId, enter(idMap, initPid, ['user', 'net'], argv), input);
      await inFabric(['ip', '-batch', '-'], renderZones(zones, bridges));
      await setUpRouter(zones, inFabric);
      return { initPid, process, bridges };
    } catch (error) {
      process.child.kill('SIGKILL');
      throw error;
    }
  } finally {
    // The namespace now has a process of its own that keeps it.
    holder.child.stdin?.end();
  }
};

/**
 * Makes the lab's user namespace and says who its users are. That takes two processes: only one outside may write the map, and
 * only a process that starts after it has the namespace's privileges.
 */
const holdUserNamespace = async (options: FabricOptions): Promise<LongProcess> => {
  const hold = ['unshare', '--user', '/bin/sh', '-c', 'echo ready; exec cat > /dev/null'];
  const argv =
    options.idMap.kind === 'single'
      ? hold
      : ['unshare', '--mount', '--propagation=private', ...prepare(options), ...hold];
  const holder = startLong(options.runId, argv);
  await firstLine(holder, 'a user namespace');
  const pid = holder.child.pid ?? 0;
  const maps = renderIdMaps(options.idMap);
  try {
    // An unprivileged caller may map its group only after it gave up setting groups; user_namespaces(7).
    if (options.idMap.kind === 'single') writeFileSync(`/proc/${pid}/setgroups`, 'deny');
    writeFileSync(`/proc/${pid}/uid_map`, maps.uid);
    writeFileSync(`/proc/${pid}/gid_map`, maps.gid);
  } catch (cause) {
    holder.child.kill('SIGKILL');
    throw new HarnessError('the lab may not map its users', { code: 'lab/no-namespaces', cause });
  }
  return holder;
};

/** A command prefix: prepares the mount namespace, then becomes what follows. */
const prepare = ({ node, hostPrograms, software }: FabricOptions): readonly string[] => {
  const layers = new Map(software.map(({ id, folder }) => [id, folder]));
  return shellScript('prepare.sh', [node, hostPrograms, String(layers.size), ...[...layers].flat()]);
};
