import type { LabEvent } from '../../model/event.ts';
import type { SensorContext, SensorOutput } from '../sensor.ts';
import { neverFilled, sharedColumns, withMark } from './audit-columns.ts';
import { recordsOfConnect, recordsOfStart, type AuditRecordDraft } from './audit-records.ts';

const recordsOf = (event: LabEvent): readonly AuditRecordDraft[] => {
  if (event['event.action'] === 'process-start') return recordsOfStart(event);
  const connected = event['event.action'] === 'connect' && event['event.outcome'] === 'success';
  return connected && event['network.type'] === 'ipv4' ? recordsOfConnect(event) : [];
};

/**
 * Audit records of a Linux host, made from what the trace saw of the same system calls: the kernel's own are one for the whole
 * machine, and need its root. Every record carries the mark of a synthetic log source.
 */
export const deriveAudit = (traced: readonly LabEvent[], context: SensorContext): SensorOutput => {
  const events: LabEvent[] = [];
  let sequence = 0;
  for (const event of traced) {
    const records = recordsOf(event);
    if (records.length > 0) sequence += 1;
    for (const { type, fields } of records) {
      events.push({
        ...sharedColumns(event),
        'event.id': `${context.host}:audit:${events.length + 1}`,
        '@timestamp': event['@timestamp'],
        'event.action': 'audit-record',
        'event.outcome': 'success',
        'host.name': event['host.name'],
        'tocsin.sensor': 'audit',
        'tocsin.origin': event['tocsin.origin'],
        'tocsin.marks': withMark(event, 'synthetic-log-source'),
        'auditd.message_type': type,
        'auditd.sequence': sequence,
        'auditd.data': JSON.stringify(fields),
      });
    }
  }
  const report = {
    host: context.host,
    sensor: 'audit',
    tool: 'derived from the trace',
    actions: ['audit-record'],
    neverFills: neverFilled,
    raw: [],
    events: events.length,
    losses: [],
  };
  return { events, report, broken: null };
};
