import { HarnessError } from '../../model/harness-error.ts';
import type { HostSpec, Zone } from '../../model/topology.ts';
import { systemClock } from '../../util/clock.ts';
import type { CleanupReport, Host, HostFile, Lab, LabOptions, SealReport } from '../driver.ts';
import type { HostLimits } from '../limits.ts';
import { gatewayOf, isInZone } from '../network.ts';
import { parseLinks, type Link } from '../seal/links.ts';
import { machineAddresses } from '../seal/machine-addresses.ts';
import { proveSealed } from '../seal/prove-sealed.ts';
import { endLab } from './end-lab.ts';
import type { Fabric } from './fabric.ts';
import type { IdMap } from './id-map.ts';
import { startHost, type RunningHost } from './running-host.ts';
import { removeLabel, type LabLabel } from './state-folder.ts';
import { enter, runTool } from './tool.ts';

export interface LabParts {
  readonly options: LabOptions;
  readonly fabric: Fabric;
  readonly idMap: IdMap;
  readonly limits: HostLimits;
  readonly stateRoot: string;
  readonly label: LabLabel;
}

/** How often traces are looked at for a flood, in milliseconds. */
const watchEveryMs = 500;

/** How long the fabric gets to end by itself before it is ended. */
const patienceMs = 3000;

const showLinks = ['ip', '-json', '-details', 'link', 'show'];

export const createLab = (parts: LabParts): Lab => {
  const { options, fabric, label } = parts;
  const { runId } = options;
  const hosts = new Map<string, Host>();
  const running = new Map<string, RunningHost>();
  const starting = new Set<string>();
  const died = Promise.withResolvers<string>();
  let links = 0;
  let goingDown: Promise<CleanupReport> | null = null;

  const onDeath = (reason: string): void => {
    if (goingDown === null) died.resolve(reason);
  };
  void fabric.process.ended.then((how) => onDeath(`the fabric ended: ${how}`));

  const watching = setInterval(() => {
    for (const one of running.values()) {
      try {
        one.watch.check();
      } catch (error) {
        // A flood must not fill the disk, and a sensor that lost its trace must not watch on.
        one.kill();
        onDeath(error instanceof Error ? error.message : String(error));
      }
    }
  }, watchEveryMs);
  watching.unref();

  const addHost = async (spec: HostSpec, files: readonly HostFile[]): Promise<Host> => {
    options.signal.throwIfAborted();
    const taken = [...running.values()].map(({ host }) => host.spec);
    const zone = checkedZone(spec, options.zones, taken, starting);
    starting.add(spec.name);
    links += 1;
    const one = await startHost({
      ...parts,
      runId,
      evidence: options.evidence,
      spec,
      zone,
      link: `host${links}`,
      files,
    });
    running.set(spec.name, one);
    hosts.set(spec.name, one.host);
    void one.client.lost.then((reason) => onDeath(`host ${spec.name} is gone: ${reason}`));
    return one.host;
  };

  const linksIn = async (pid: number, place: string): Promise<readonly Link[]> =>
    parseLinks(place, await runTool(runId, enter(pid, ['user', 'net'], showLinks)));

  const prove = async (): Promise<SealReport> => {
    const all = [...running.values()];
    const fabricLinks = await linksIn(fabric.initPid, 'fabric');
    const hostLinks = await Promise.all(all.map(({ initPid, host }) => linksIn(initPid, host.spec.name)));
    return proveSealed({
      hosts: all.map(({ host }) => host),
      fabricLinks,
      hostLinks: hostLinks.flat(),
      addresses: machineAddresses(),
    });
  };

  const takeDown = async (): Promise<CleanupReport> => {
    clearInterval(watching);
    fabric.process.child.stdin?.end();
    await Promise.race([fabric.process.ended, systemClock.sleep(patienceMs)]);
    const outcome = await endLab(label);
    await Promise.all([...running.values()].map(({ ended }) => ended));
    for (const one of running.values()) one.close();
    if (outcome.left.length === 0) removeLabel(parts.stateRoot, runId);
    return outcome;
  };

  const down = (): Promise<CleanupReport> => (goingDown ??= takeDown());

  return {
    driver: 'namespace',
    runId,
    hosts,
    addHost,
    proveSealed: prove,
    died: died.promise,
    down,
    [Symbol.asyncDispose]: async () => {
      await down();
    },
  };
};

/** The zone a new host goes to; throws when its name or its address cannot be used. */
const checkedZone = (
  spec: HostSpec,
  zones: readonly Zone[],
  taken: readonly HostSpec[],
  starting: ReadonlySet<string>,
): Zone => {
  const bad = (why: string): HarnessError =>
    new HarnessError(`host ${JSON.stringify(spec.name)} ${why}`, { code: 'lab/bad-host' });
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/.test(spec.name)) throw bad('has a name that no host can have');
  if (starting.has(spec.name)) throw bad('is there already');
  const zone = zones.find(({ name }) => name === spec.zone);
  if (zone === undefined) throw bad(`is in zone ${JSON.stringify(spec.zone)}, which the lab does not have`);
  if (!isInZone(spec.address, zone)) throw bad(`has address ${spec.address}, which is not in ${zone.prefix}`);
  if (spec.address === gatewayOf(zone)) throw bad(`has address ${spec.address}, which is the router's`);
  const other = taken.find(({ address }) => address === spec.address);
  if (other !== undefined) throw bad(`has address ${spec.address}, which is ${other.name}'s`);
  return zone;
};
