import { basename } from 'node:path';
import type { SensorReport } from '../../model/manifest.ts';
import { createDrillTime } from '../../util/drill-time.ts';
import type { SensorContext, SensorOutput } from '../sensor.ts';
import type { TraceOutput } from '../trace/parse-trace.ts';
import { createClientFinder, type ClientFinder } from './find-client.ts';
import { joinHost, isLocal, ownersOf, type HostView } from './join-host.ts';
import { fabricPlace, filledByPackets, packetsReport } from './packets-report.ts';
import { parseCapture, type ParsedCapture } from './parse-capture.ts';
import type { Relay } from './relays.ts';
import { createSenders } from './senders.ts';
import { routedEvents } from './routed-events.ts';
import { findRouted, type RoutedZone } from './routed-flows.ts';
import { mapTranslations } from './translations.ts';

export interface PacketHost {
  readonly context: SensorContext;
  readonly address: string;
  /** Name of its zone's bridge. */
  readonly bridge: string;
  readonly trace: TraceOutput;
  /** Capture of its loopback. */
  readonly file: string;
  /** What proxies on it say that they asked for others. */
  readonly relays?: readonly Relay[];
}

export interface PacketsOutput {
  /** By host: its trace with what packets add, and what only packets show. */
  readonly hosts: ReadonlyMap<string, { readonly trace: SensorOutput; readonly packets: SensorOutput }>;
  readonly fabric: SensorOutput;
  /** By host: who in the lab asks its services. */
  readonly clients: ReadonlyMap<string, ClientFinder>;
}

/** All captures of a lab, joined with its hosts' traces. `zones` are those that its router joins. */
export const joinPackets = async (
  hosts: readonly PacketHost[],
  bridges: string,
  zones: readonly RoutedZone[] = [],
): Promise<PacketsOutput> => {
  const fabric = await parseOrBreak(bridges, fabricPlace);
  const views: (PacketHost & { readonly loopback: ParsedCapture; readonly view: HostView })[] = [];
  for (const host of hosts) {
    const loopback = await parseOrBreak(host.file, host.context.host);
    views.push({ ...host, loopback, view: viewOf(host, loopback, fabric) });
  }
  const translations = mapTranslations(
    fabric.flows,
    zones.flatMap(({ bridge, outside }) => (outside === null ? [] : [{ bridge, outside }])),
  );
  const senders = createSenders(
    views.map(({ view }) => view),
    translations,
  );
  const outputs = views.map(({ context, file, trace, loopback, view }) => {
    const { traced, seen, losses } = joinHost(view, senders);
    const report = packetsReport(context.host, {
      file: `${context.host}/${basename(file)}`,
      bytes: loopback.bytes,
      events: seen.length,
      losses: [...loopback.losses, ...losses],
    });
    const packets: SensorOutput = { events: seen, report, broken: loopback.broken ?? fabric.broken };
    return [context.host, { trace: { ...trace, events: traced, report: filled(trace.report) }, packets }] as const;
  });
  const { bytes, losses, broken } = fabric;
  const [first] = hosts;
  const events =
    first === undefined
      ? []
      : routedEvents(findRouted(fabric.flows, zones, translations), senders, createDrillTime(first.context.clock));
  const report = packetsReport(fabricPlace, {
    ...{ file: basename(bridges), bytes, events: events.length, losses },
    routed: zones.length > 1,
  });
  return {
    hosts: new Map(outputs),
    fabric: { events, report, broken },
    clients: new Map(views.map(({ context, view }) => [context.host, createClientFinder(view, senders)])),
  };
};

const viewOf = (
  { context, address, bridge, trace, relays = [] }: PacketHost,
  loopback: ParsedCapture,
  fabric: ParsedCapture,
): HostView => {
  // A routed flow passes two bridges; each host knows it from its own.
  const onBridge = fabric.flows.filter(
    (flow) => flow.interface === bridge && (isLocal(flow.client.ip, address) || isLocal(flow.server.ip, address)),
  );
  const known = new Set(onBridge);
  const flows = [...loopback.flows, ...onBridge];
  const dns = [...loopback.dns, ...fabric.dns.filter(({ flow }) => known.has(flow))];
  return { context, address, trace, flows, dns, relays, owners: ownersOf(trace, address, flows) };
};

const filled = (report: SensorReport): SensorReport => ({
  ...report,
  neverFills: report.neverFills.filter((column) => !filledByPackets.some((one) => one === column)),
});

/** A capture that is not there is a sensor that died before it began. */
const parseOrBreak = async (file: string, place: string): Promise<ParsedCapture> => {
  try {
    return await parseCapture(file, place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { flows: [], dns: [], bytes: 0, losses: [], broken: 'there is no capture of its packets' };
  }
};
