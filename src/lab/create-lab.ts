import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.ts';
import type { HostSpec, Zone } from '../model/topology.ts';
import { systemClock } from '../util/clock.ts';
import { auditFile, startAudit, type AuditSensor } from './audit/audit-sensor.ts';
import type { Capture } from './capture/capture.ts';
import { checkedZone } from './check-host.ts';
import type { CleanupReport, Driver, Host, HostFile, Lab, LabOptions, SealReport } from './driver.ts';
import type { AgentClient } from './host/agent-client.ts';
import type { LabHost } from './host/host.ts';
import type { SoftwareLayer } from './software-layer.ts';
import type { TraceWatch } from './host/trace-watch.ts';
import { findLeakingLinks, type Link } from './seal/links.ts';
import { machineAddresses } from './seal/machine-addresses.ts';
import { proveSealed } from './seal/prove-sealed.ts';

/** A host as its driver holds it. */
export interface RunningHost {
  readonly host: LabHost;
  readonly watch: TraceWatch;
  readonly client: AgentClient;
  /** Of its loopback. */
  readonly capture: Capture;
  /** Resolves when its last process is gone. */
  readonly ended: Promise<string>;
  /** Ends it at once; what happened until then stays in its evidence. */
  kill(): void;
  /** Gives the evidence back to the caller. The host must have ended. */
  close(): void;
}

export interface NewHost {
  readonly spec: HostSpec;
  readonly zone: Zone;
  readonly files: readonly HostFile[];
  readonly software: SoftwareLayer | null;
  /** Unique in the lab: the name of the host's link in the fabric. */
  readonly link: string;
  /** What its first process must take, for its audit records to be known by; null where nobody reads them. */
  readonly loginUid: number | null;
}

/** What differs between drivers. */
export interface LabParts<H extends RunningHost> {
  readonly driver: Driver['name'];
  readonly options: LabOptions;
  /** Resolves with how the fabric ended, if it ends. */
  readonly fabricEnded: Promise<string>;
  /** Of the zones' bridges. */
  readonly capture: Capture;
  startHost(host: NewHost): Promise<H>;
  /** Every link of the fabric and of these hosts. */
  links(hosts: readonly H[]): Promise<{ readonly fabric: readonly Link[]; readonly hosts: readonly Link[] }>;
  /** Ends the fabric and all hosts, and says what is left of them. */
  end(): Promise<CleanupReport>;
}

/** How long the kernel may take to clear the network of a host that is gone. */
const clearingMs = 5000;

type Links = Awaited<ReturnType<LabParts<RunningHost>['links']>>;

/** The links when those of hosts that are gone are gone too: their capturers, the last to hold them, end first. */
const linksWithout = async (gone: ReadonlySet<RunningHost>, read: () => Promise<Links>): Promise<Links> => {
  await Promise.all([...gone].map(({ capture }) => capture.finish()));
  const overdue = systemClock.nowMicros() + clearingMs * 1000;
  for (;;) {
    const found = await read();
    if (gone.size === 0 || findLeakingLinks(found.fabric, found.hosts).length === 0) return found;
    if (systemClock.nowMicros() > overdue) return found;
    await systemClock.sleep(50);
  }
};

/** How often traces are looked at for a flood, in milliseconds. */
const watchEveryMs = 500;

/** A lab is the same thing on every driver: hosts that are watched, a seal that is proved, one way down. */
export const createLab = <H extends RunningHost>(parts: LabParts<H>): Lab => {
  const { options } = parts;
  const hosts = new Map<string, Host>();
  const running = new Map<string, H>();
  const gone = new Set<H>();
  const known: HostSpec[] = [];
  const died = Promise.withResolvers<string>();
  let links = 0;
  let audit: Promise<AuditSensor> | null = null;
  let goingDown: Promise<CleanupReport> | null = null;

  const onDeath = (reason: string): void => {
    if (goingDown === null) died.resolve(reason);
  };
  void parts.fabricEnded.then((how) => onDeath(`the fabric ended: ${how}`));
  void parts.capture.ended.then((how) => onDeath(`the packet sensor of the bridges ended: ${how}`));

  const watching = setInterval(() => {
    for (const one of running.values()) {
      try {
        one.watch.check();
        one.capture.watch.check();
        parts.capture.watch.check();
      } catch (error) {
        // A flood must not fill the disk, and a sensor that lost its trace must not watch on.
        if (error instanceof HarnessError) one.client.abandon(error);
        one.kill();
        onDeath(error instanceof Error ? error.message : String(error));
      }
    }
  }, watchEveryMs);
  watching.unref();

  const addHost = async (spec: HostSpec, files: readonly HostFile[]): Promise<Host> => {
    options.signal.throwIfAborted();
    const zone = checkedZone(spec, options.zones, known);
    known.push(spec);
    links += 1;
    const software = options.software?.get(spec.name) ?? null;
    const link = `host${links}`;
    if (options.kernelAudit === true) audit ??= startAudit(options.runId, join(options.evidence, auditFile));
    const loginUid = (await (await audit)?.watch(spec.name)) ?? null;
    const one = await parts.startHost({ spec, zone, files, software, link, loginUid });
    running.set(spec.name, one);
    hosts.set(spec.name, one.host);
    void one.capture.ended.then((how) => onDeath(`the packet sensor of host ${spec.name} ended: ${how}`));
    void one.client.lost.then((reason) => {
      gone.add(one);
      onDeath(`host ${spec.name} is gone: ${reason}`);
    });
    return one.host;
  };

  const prove = async (): Promise<SealReport> => {
    // A host that is gone has no links any more, and nothing of it is judged.
    const all = [...running.values()].filter((one) => !gone.has(one));
    const found = await linksWithout(gone, () => parts.links(all));
    return proveSealed({
      hosts: all.map(({ host }) => host),
      fabricLinks: found.fabric,
      hostLinks: found.hosts,
      addresses: machineAddresses(),
    });
  };

  const takeDown = async (): Promise<CleanupReport> => {
    clearInterval(watching);
    // They say how much they lost only when they end before what they watch.
    await Promise.all(
      [parts.capture, ...[...running.values()].map(({ capture }) => capture)].map((one) => one.finish()),
    );
    const outcome = await parts.end();
    await (await audit?.catch(() => null))?.finish();
    await Promise.all([...running.values()].map(({ ended }) => ended));
    for (const one of running.values()) one.close();
    return outcome;
  };

  const down = (): Promise<CleanupReport> => (goingDown ??= takeDown());

  return {
    driver: parts.driver,
    runId: options.runId,
    hosts,
    packetsFile: parts.capture.file,
    auditFile: options.kernelAudit === true ? join(options.evidence, auditFile) : null,
    addHost,
    proveSealed: prove,
    died: died.promise,
    down,
    [Symbol.asyncDispose]: async () => {
      await down();
    },
  };
};
