import type { Lab } from '../lab/driver.ts';
import { harnessFolder, launchers, markerVariable } from '../lab/in-host.ts';
import { zoneBridges } from '../lab/zones.ts';
import type { DrillClock } from '../model/drill-clock.ts';
import type { ParsingFacts } from '../model/manifest.ts';
import type { HostSpec, Zone } from '../model/topology.ts';
import { isoMicros } from '../util/iso-time.ts';
import { readAuditLog } from '../sensors/audit/read-audit-log.ts';
import { parseHost } from '../sensors/parse-host.ts';
import type { ClientFinder } from '../sensors/packets/find-client.ts';
import { joinPackets } from '../sensors/packets/join-packets.ts';
import { readRelays } from '../sensors/service-log/read-relays.ts';
import { parseServiceLog } from '../sensors/service-log/parse-service-log.ts';
import type { SensorContext, SensorOutput, TracedStep } from '../sensors/sensor.ts';

/** What must be known of a host after it is gone, for its evidence to be read. */
export interface HostFacts {
  readonly spec: HostSpec;
  readonly agentPid: number;
  readonly traceFile: string;
  readonly recordsFile: string;
  readonly packetsFile: string;
}

/** The same of a whole lab. */
export interface LabFacts {
  readonly hosts: readonly HostFacts[];
  readonly zones: readonly Zone[];
  /** Null for a recording that was made without packets. */
  readonly bridgesFile: string | null;
  /** Null where the kernel's audit records were not read. */
  readonly auditFile: string | null;
}

export const labFacts = (lab: Lab, zones: readonly Zone[]): LabFacts => ({
  hosts: [...lab.hosts.values()].map(({ spec, agentPid, traceFile, recordsFile, packetsFile }) => ({
    ...{ spec, agentPid, traceFile, recordsFile, packetsFile },
  })),
  zones,
  bridgesFile: lab.packetsFile,
  auditFile: lab.auditFile,
});

/** What a recording keeps of the drill, so that its evidence can be parsed again. */
export const parsingFacts = (hosts: readonly HostFacts[], steps: readonly TracedStep[]): ParsingFacts => ({
  agents: Object.fromEntries(hosts.map(({ spec, agentPid }) => [spec.name, agentPid])),
  steps: steps.map(({ step, argv, pid, startedAt, finishedAt }) => ({
    id: step.id,
    argv,
    pid,
    startedAt: isoMicros(startedAt),
    finishedAt: isoMicros(finishedAt),
  })),
});

/** Parses all raw evidence of a lab into events, each with its cause. */
export const collectEvidence = async (
  { hosts, zones, bridgesFile, auditFile }: LabFacts,
  steps: readonly TracedStep[],
  clock: DrillClock,
): Promise<readonly SensorOutput[]> => {
  const audit = auditFile === null ? null : await readAuditLog(auditFile);
  const parsed = await Promise.all(
    hosts.map(async (facts) => {
      const context = contextOf(facts, steps, clock);
      const relays = await readRelays(facts.recordsFile);
      const events = await parseHost({ trace: facts.traceFile, records: facts.recordsFile, audit }, context);
      return { facts, context, relays, ...events };
    }),
  );
  if (bridgesFile === null) {
    const served = await serviceLogs(parsed, null);
    return [...parsed.flatMap(({ trace, logs }) => present(trace, ...logs)), ...served];
  }
  const bridges = zoneBridges(zones);
  const packets = await joinPackets(
    parsed.map(({ facts: { spec, packetsFile }, context, relays, trace }) => ({
      context,
      relays,
      address: spec.address,
      bridge: bridges.get(spec.zone) ?? '',
      trace,
      file: packetsFile,
    })),
    bridgesFile,
    zones.map(({ name, prefix, translation }) => ({
      ...{ bridge: bridges.get(name) ?? '', prefix, outside: translation?.address ?? null },
    })),
  );
  const outputs = parsed.flatMap(({ facts: { spec }, trace, logs }) => {
    const joined = packets.hosts.get(spec.name);
    return joined === undefined ? present(trace, ...logs) : present(joined.trace, ...logs, joined.packets);
  });
  return [...outputs, packets.fabric, ...(await serviceLogs(parsed, packets.clients))];
};

/** After the packets, which tell whose connections the services' clients are. */
const serviceLogs = async (
  parsed: readonly { readonly facts: HostFacts; readonly context: SensorContext }[],
  clients: ReadonlyMap<string, ClientFinder> | null,
): Promise<readonly SensorOutput[]> => {
  const outputs = await Promise.all(
    parsed.map(({ facts, context }) => parseServiceLog(facts.recordsFile, context, clients?.get(context.host) ?? null)),
  );
  return outputs.filter((output) => output !== null);
};

/** Without what only other sensors need. */
const present = (...outputs: readonly SensorOutput[]): readonly SensorOutput[] =>
  outputs.map(({ events, report, broken }) => ({ events, report, broken }));

const contextOf = ({ spec, agentPid }: HostFacts, steps: readonly TracedStep[], clock: DrillClock): SensorContext => ({
  host: spec.name,
  persona: spec.persona,
  user: spec.user,
  services: spec.services.map(({ kind }) => kind),
  hasSyslog: spec.services.some(({ kind }) => kind === 'syslog'),
  agentPid,
  launchers,
  harnessFolder,
  steps: steps.filter((result) => result.step.host === spec.name),
  markerVariable,
  clock,
});
