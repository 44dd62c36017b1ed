import { basename } from 'node:path';
import { eventColumns, type EventAction, type EventColumn } from '../../model/event.ts';
import type { Loss } from '../../model/loss.ts';
import type { SensorReport } from '../../model/manifest.ts';
import { isBeyondHost } from '../service-columns.ts';
import type { SensorContext } from '../sensor.ts';

/** Version of what this parser makes of a trace: a recording parsed by an older one is parsed again. */
export const traceParser = 'trace/1';

/** Actions that the trace can see. */
const actions: readonly EventAction[] = [
  'process-start',
  'process-end',
  'connect',
  'bind',
  'listen',
  'accept',
  'dns-query',
  'file-create',
  'file-write',
  'file-rename',
  'file-delete',
  'file-chmod',
  'directory-create',
];

/** Reads and writes are not traced, so nobody counts bytes here; what components log themselves is another sensor's. */
const neverFills = [
  'source.bytes',
  'source.packets',
  'destination.bytes',
  'destination.packets',
  'network.bytes',
  'network.packets',
  'tls.client.server_name',
  'winlog.channel',
  'winlog.provider_name',
  'winlog.event_id',
  'winlog.event_data',
  'auditd.message_type',
  'auditd.sequence',
  'auditd.data',
  'log.syslog.facility.name',
  'log.syslog.severity.name',
  'log.syslog.appname',
  'log.syslog.procid',
  'message',
] as const satisfies readonly EventColumn[];

interface Seen {
  readonly file: string;
  readonly bytes: number;
  readonly events: number;
  readonly losses: readonly Loss[];
}

export const traceReport = (context: SensorContext, seen: Seen): SensorReport => ({
  host: context.host,
  sensor: 'trace',
  tool: 'strace',
  actions,
  neverFills: [
    ...neverFills,
    ...(Object.keys(eventColumns) as EventColumn[]).filter(isBeyondHost),
    ...(context.user.includes('\\') ? [] : ['user.domain']),
  ].sort(),
  raw: [{ file: `${context.host}/${basename(seen.file)}`, parser: traceParser, bytes: seen.bytes }],
  events: seen.events,
  losses: seen.losses,
});
