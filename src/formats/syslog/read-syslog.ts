import type { Micros } from '../../model/event.ts';
import type { LogEvent, LogOrigin } from '../../model/log-event.ts';
import { auditEvent } from '../auditd/audit-event.ts';
import { createRecordJoiner, type AuditGroup } from '../auditd/join-records.ts';
import { parseAuditRecord } from '../auditd/parse-record.ts';
import { addField, createFields } from '../log/fields.ts';
import type { ReadContext } from '../log/read-context.ts';
import { readLines } from '../log/read-lines.ts';
import { parseEvent } from '../windows-xml/parse-event.ts';
import { parseSyslog, type SyslogMessage } from './parse-syslog.ts';
import { syslogSource } from './syslog-source.ts';

export interface SyslogContext extends ReadContext {
  /** No line is younger: the file's own date. Lines without a year are dated by it. */
  readonly before: Micros | null;
}

/** The events of a syslog file. Sysmon for Linux writes its XML into it, the audit system its records: they are read as what they are. */
export async function* readSyslog(
  file: AsyncIterable<Buffer>,
  { file: name, sourceOf, losses, before }: SyslogContext,
): AsyncGenerator<readonly LogEvent[]> {
  const joiner = createRecordJoiner();
  const audited = ({ records, line }: AuditGroup): LogEvent =>
    auditEvent(records, { file: name, record: line }, sourceOf);
  const read = (text: string, origin: LogOrigin): readonly LogEvent[] => {
    const message = parseSyslog(text, before);
    if (message === null) {
      if (text.trim() !== '') losses.add('unparsed', 'line that is no syslog', text);
      return [];
    }
    const record = parseAuditRecord(auditText(message));
    if (record !== null) return joiner.add(record, origin.record).map(audited);
    if (message.program !== 'sysmon' || !message.message.startsWith('<Event>')) {
      return [{ source: syslogSource(message, sourceOf), time: message.time, fields: fieldsOf(message), origin }];
    }
    const parsed = parseEvent(message.message, origin, sourceOf);
    if (parsed.ok) return [parsed.event];
    losses.add('unparsed', parsed.reason, text);
    return [];
  };
  for await (const { first, texts } of readLines(file, losses)) {
    const events: LogEvent[] = [];
    for (const [index, text] of texts.entries()) {
      for (const event of read(text, { file: name, record: first + index })) events.push(event);
    }
    if (events.length > 0) yield events;
  }
  const events = joiner.end().map(audited);
  if (events.length > 0) yield events;
}

/** audispd hands over whole records, the kernel's own lines have the type first: `audit: type=1400 audit(…): …`. */
const auditText = ({ program, message }: SyslogMessage): string =>
  program === 'kernel' ? message.replace(/^\[\s*[\d.]+\] /, '').replace(/^audit: /, '') : message;

const fieldsOf = (message: SyslogMessage): ReturnType<typeof createFields> => {
  const fields = createFields();
  const { facility, severity, host, program, pid, messageId } = message;
  for (const [name, value] of Object.entries({ facility, severity, host, program, pid, msgid: messageId })) {
    if (value !== null) fields[name] = value;
  }
  fields['message'] = message.message;
  for (const [name, value] of message.data) addField(fields, name, value);
  return fields;
};
