import { eventColumns, type EventColumn } from '../../model/event.ts';
import type { Loss } from '../../model/loss.ts';
import type { SensorReport } from '../../model/manifest.ts';
import { isServiceColumn } from '../service-columns.ts';

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

/** A packet is no file and no record, and does not end a process. */
const otherKinds = /^(?:file|winlog|auditd|log)\.|^message$|^process\.exit_code$|^destination\.domain$/;

export interface PacketsSeen {
  /** Raw evidence below the recording's folder. */
  readonly file: string;
  readonly bytes: number;
  readonly events: number;
  readonly losses: readonly Loss[];
}

/** `place` is a host, or `fabric`, whose bridges all hosts share. */
export const packetsReport = (place: string, { file, bytes, events, losses }: PacketsSeen): SensorReport => ({
  host: place,
  sensor: 'packets',
  tool: 'packet sockets',
  actions: place === fabricPlace ? [] : ['network-flow', 'dns-query'],
  neverFills: (Object.keys(eventColumns) as EventColumn[])
    .filter((column) => otherKinds.test(column) || isServiceColumn(column))
    .sort(),
  raw: [{ file, parser: packetsParser, bytes }],
  events,
  losses,
});

/** Where the bridges are; no host of a topology is meant, though one may have this name. */
export const fabricPlace = 'fabric';
