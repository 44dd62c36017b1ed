import type { LogEvent, LogOrigin } from '../../model/log-event.ts';
import type { SourceOf } from '../log/sources.ts';
import { textOf } from '../log/fields.ts';
import { syslogSource } from '../syslog/syslog-source.ts';
import { parseEvent } from '../windows-xml/parse-event.ts';
import { flatten, type JsonObject } from './flatten.ts';

/** A record of systemd's journal, as `journalctl -o json` writes it; null when it is none. The text is `message` as in syslog. */
export const journalEvent = (record: JsonObject, origin: LogOrigin, sourceOf: SourceOf): LogEvent | null => {
  const micros = record['__REALTIME_TIMESTAMP'];
  if (typeof micros !== 'string' || !/^\d{1,17}$/.test(micros)) return null;
  const message = record['MESSAGE'];
  const fields = flatten(record);
  const program = textOf(fields['SYSLOG_IDENTIFIER']) ?? textOf(fields['_COMM']);
  if (program === 'sysmon' && typeof message === 'string' && message.startsWith('<Event>')) {
    const parsed = parseEvent(message, origin, sourceOf);
    if (parsed.ok) return parsed.event;
  }
  fields['message'] ??= messageText(message);
  if (program !== null) fields['program'] ??= program;
  return { source: syslogSource({ program, facility: null }, sourceOf), time: Number(micros), fields, origin };
};

/** What is no UTF-8 comes as a list of bytes. */
const messageText = (message: unknown): string => {
  if (!Array.isArray(message)) return typeof message === 'string' ? message : '';
  return Buffer.from(message.filter((byte): byte is number => typeof byte === 'number')).toString('utf8');
};
