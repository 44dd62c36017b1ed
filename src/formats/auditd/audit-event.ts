import type { LogEvent, LogOrigin, LogScalar } from '../../model/log-event.ts';
import { addField, createFields, type Fields } from '../log/fields.ts';
import type { SourceOf } from '../log/sources.ts';
import { activityOf } from './activity.ts';
import { parseAuditFields } from './parse-fields.ts';
import type { AuditRecord } from './parse-record.ts';

/**
 * All records of one event as one: a name that several records have is a list, `type` first of all. What the event is about in Sigma's
 * terms (`Image`, `CommandLine`, `DestinationIp` …) comes beside what was logged, under names that no record has.
 */
export const auditEvent = (
  records: readonly [AuditRecord, ...AuditRecord[]],
  origin: LogOrigin,
  sourceOf: SourceOf,
): LogEvent => {
  const [{ micros, node }] = records;
  const fields = createFields();
  fields['type'] = typesOf(records);
  if (node !== null) fields['node'] = node;
  const byType = new Map<string, Fields[]>();
  for (const { type, body } of records) {
    const own = createFields();
    for (const [name, value] of parseAuditFields(type, body)) {
      addField(own, name, value);
      addField(fields, name === 'type' ? 'record_type' : name, value);
    }
    byType.set(type, [...(byType.get(type) ?? []), own]);
  }
  const activity = activityOf(byType);
  for (const [name, value] of Object.entries(activity?.fields ?? {})) fields[name] ??= value;
  const source = sourceOf({ product: 'linux', service: 'auditd', category: activity?.category ?? null });
  return { source, time: micros, fields, origin };
};

const typesOf = (records: readonly [AuditRecord, ...AuditRecord[]]): LogScalar | readonly LogScalar[] => {
  const types = [...new Set(records.map(({ type }) => type))];
  return types.length === 1 ? records[0].type : types;
};
