import { eventColumns, type EventColumn } from '../../model/event.ts';
import type { Loss } from '../../model/loss.ts';
import type { SensorReport } from '../../model/manifest.ts';
import { isBeyondHost } from '../service-columns.ts';

/** Version of what this parser makes of a capture. */
export const packetsParser = 'packets/1';

/** Columns of the trace's events that packets fill. */
export const filledByPackets: readonly EventColumn[] = [
  'source.bytes',
  'source.packets',
  'destination.bytes',
  'destination.packets',
  'network.bytes',
  'network.packets',
  'tls.client.server_name',
];

/** The router knows no process, no user and no name that was asked for. */
const unknownToRouter =
  /^(?:process|user|file|winlog|auditd|log|dns|url|http|user_agent)\.|^message$|^event\.(?:dataset|original)$|^destination\.domain$|^network\.direction$/;

/** A packet is no file and no record, and does not end a process. */
const otherKinds = /^(?:file|winlog|auditd|log)\.|^message$|^process\.exit_code$|^destination\.domain$/;

export interface PacketsSeen {
  /** Of the bridges: whether there is a router between them. */
  readonly routed?: boolean;
  /** Raw evidence below the recording's folder. */
  readonly file: string;
  readonly bytes: number;
  readonly events: number;
  readonly losses: readonly Loss[];
}

/** `place` is a host, or `fabric`, whose bridges all hosts share. */
export const packetsReport = (
  place: string,
  { file, bytes, events, losses, routed = false }: PacketsSeen,
): SensorReport => ({
  host: place,
  sensor: 'packets',
  tool: 'packet sockets',
  actions: place === fabricPlace ? (routed ? ['flow-routed'] : []) : ['network-flow', 'dns-query'],
  neverFills: (Object.keys(eventColumns) as EventColumn[])
    .filter((column) =>
      place === fabricPlace ? unknownToRouter.test(column) : otherKinds.test(column) || isBeyondHost(column),
    )
    .sort(),
  raw: [{ file, parser: packetsParser, bytes }],
  events,
  losses,
});

/** Where the bridges are; no host of a topology is meant, though one may have this name. */
export const fabricPlace = 'fabric';
