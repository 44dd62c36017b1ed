import type { LogEvent } from '../../model/log-event.ts';
import type { ReadContext } from '../log/read-context.ts';
import { readLines } from '../log/read-lines.ts';
import { auditEvent } from './audit-event.ts';
import { createRecordJoiner, type AuditGroup } from './join-records.ts';
import { parseAuditRecord } from './parse-record.ts';

/** The events of an audit log, in the order in which they were complete. */
export async function* readAuditd(
  file: AsyncIterable<Buffer>,
  { file: name, sourceOf, losses }: ReadContext,
): AsyncGenerator<readonly LogEvent[]> {
  const joiner = createRecordJoiner();
  const toEvent = ({ records, line }: AuditGroup): LogEvent =>
    auditEvent(records, { file: name, record: line }, sourceOf);
  for await (const { first, texts } of readLines(file, losses)) {
    const events: LogEvent[] = [];
    for (const [index, text] of texts.entries()) {
      const record = parseAuditRecord(text);
      if (record !== null) events.push(...joiner.add(record, first + index).map(toEvent));
      else if (text.trim() !== '') losses.add('unparsed', 'line that is no audit record', text);
    }
    if (events.length > 0) yield events;
  }
  const events = joiner.end().map(toEvent);
  if (events.length > 0) yield events;
}
