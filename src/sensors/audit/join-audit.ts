import type { LabEvent } from '../../model/event.ts';
import { createDrillTime } from '../../util/drill-time.ts';
import { createLossCounter } from '../loss-counter.ts';
import type { SensorContext, SensorOutput } from '../sensor.ts';
import { neverFilled, sharedColumns } from './audit-columns.ts';
import { kernelFields } from './kernel-fields.ts';
import { matchAudit, type AuditCall, type Fields } from './match-audit.ts';
import type { AuditLog } from './read-audit-log.ts';

/**
 * The kernel's audit records of a Linux host, each with the process and the cause that the trace knows: the kernel says neither in the
 * host's own numbers. What the trace does not show (the harness's own programs) is counted, and no event.
 */
export const joinAudit = (log: AuditLog, traced: readonly LabEvent[], context: SensorContext): SensorOutput => {
  const losses = createLossCounter('audit', context.host);
  const calls = (log.hosts.get(context.host) ?? []).map((group): AuditCall => {
    const records = group.records.map((record) => ({ type: record.type, fields: kernelFields(record) }));
    return {
      group,
      records,
      micros: group.records[0].micros,
      call: records.find(({ type }) => type === 'SYSCALL')?.fields ?? {},
    };
  });
  const matched = matchAudit(calls, traced);
  const ofProcess = eventsByProcess(matched);
  const drill = createDrillTime(context.clock);
  const events: LabEvent[] = [];
  let sequence = 0;
  for (const one of calls) {
    // A call that failed is of the process that a later one of the same number shows.
    const event = matched.get(one) ?? nearest(ofProcess.get(one.call['pid'] ?? '') ?? [], one);
    if (event === null) {
      losses.add('unlinked', 'audit records of no process that the trace shows', one.call['comm']);
      continue;
    }
    sequence += 1;
    for (const { type, fields } of one.records) {
      events.push({
        ...sharedColumns(event),
        'event.id': `${context.host}:audit:${events.length + 1}`,
        '@timestamp': drill(one.micros),
        'event.action': 'audit-record',
        'event.outcome': one.call['success'] === 'no' ? 'failure' : 'success',
        'host.name': context.host,
        'tocsin.sensor': 'audit',
        'tocsin.origin': event['tocsin.origin'],
        'tocsin.real_time': one.micros,
        'tocsin.raw': `audit:${one.group.line}`,
        'auditd.message_type': type,
        'auditd.sequence': sequence,
        'auditd.data': JSON.stringify(inHost(fields, event)),
      });
    }
  }
  const unseen = traced.filter((event) => event['event.action'] === 'process-start').length - programs(matched);
  if (unseen > 0) losses.add('dropped', 'programs that the trace shows and the audit log does not', undefined, unseen);
  if (log.lost > 0) losses.add('dropped', 'audit records that the kernel had no room for', undefined, log.lost);
  if (log.unparsed > 0) losses.add('unparsed', 'lines of the audit log', undefined, log.unparsed);
  const raw = [{ file: log.file, parser: 'auditd', bytes: log.bytes }];
  const report = {
    ...{ host: context.host, sensor: 'audit', tool: 'kernel audit, read over netlink', actions: ['audit-record'] },
    ...{ neverFills: neverFilled, raw, events: events.length, losses: losses.list() },
  };
  return { events, report, broken: log.broken };
};

const programs = (matched: ReadonlyMap<AuditCall, LabEvent>): number =>
  [...matched.values()].filter((event) => event['event.action'] === 'process-start').length;

type Known = readonly [AuditCall, LabEvent];

/** By the machine's process id. */
const eventsByProcess = (matched: ReadonlyMap<AuditCall, LabEvent>): ReadonlyMap<string, readonly Known[]> =>
  Map.groupBy(matched, ([{ call }]) => call['pid'] ?? '');

const nearest = (known: readonly Known[], { micros }: AuditCall): LabEvent | null =>
  known.reduce<Known | null>(
    (best, one) => (best === null || Math.abs(one[0].micros - micros) < Math.abs(best[0].micros - micros) ? one : best),
    null,
  )?.[1] ?? null;

/** Processes as the host numbers them. */
const inHost = (fields: Fields, event: LabEvent): Fields => ({
  ...fields,
  ...(fields['pid'] === undefined ? {} : { pid: String(event['process.pid'] ?? 0) }),
  ...(fields['ppid'] === undefined ? {} : { ppid: String(event['process.parent.pid'] ?? 0) }),
});
