import type { Micros } from '../../model/event.ts';
import { parseIsoTime } from '../log/parse-time.ts';
import { parseStructuredData, type StructuredData } from './structured-data.ts';

export interface SyslogMessage {
  readonly facility: string | null;
  readonly severity: string | null;
  /** Null where the line names no year and none is given. */
  readonly time: Micros | null;
  readonly host: string | null;
  readonly program: string | null;
  readonly pid: string | null;
  readonly messageId: string | null;
  readonly data: StructuredData;
  readonly message: string;
}

const facilities = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'cron',
  'authpriv',
  'ftp',
  'ntp',
]
  .concat(['audit', 'alert', 'clock'])
  .concat(Array.from({ length: 8 }, (_, index) => `local${index}`));
const severities = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];

const priority = /^<(\d{1,3})>/;
const version1 = /^1 (\S+) (\S+) (\S+) (\S+) (\S+) /;
const oldTime = /^([A-Z][a-z]{2}) ([ \d]\d) (?:(\d{4}) )?(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? /;
const isoTime = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*) /;
const hostAndTag = /^(\S+) ([^\s:[\]]{1,128})(?:\[([^\]\s]{1,64})\])?: ?/;
const onlyTag = /^([^\s:[\]]{1,128})(?:\[([^\]\s]{1,64})\])?: ?/;
const onlyHost = /^(\S+) /;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * One line of syslog: RFC 5424, RFC 3164, or a file that a daemon wrote (no priority; an ISO or an old time). Times without a year lie in
 * the year that ends with `before`; times without a zone are UTC. Null when the line is none.
 */
export const parseSyslog = (line: string, before: Micros | null): SyslogMessage | null => {
  const pri = priority.exec(line);
  const value = pri === null ? null : Number(pri[1]);
  if (value !== null && value > 191) return null;
  const level = {
    facility: value === null ? null : (facilities[value >> 3] ?? null),
    severity: value === null ? null : (severities[value & 7] ?? null),
  };
  const rest = line.slice(pri?.[0].length ?? 0);
  const modern = pri === null ? null : version1.exec(rest);
  if (modern !== null) return parseModern(level, modern, rest.slice(modern[0].length));
  return parseOld(level, rest, before);
};

type Level = Pick<SyslogMessage, 'facility' | 'severity'>;

const given = (text: string | undefined): string | null => (text === undefined || text === '-' ? null : text);

const parseModern = (level: Level, head: RegExpExecArray, rest: string): SyslogMessage | null => {
  const structured = parseStructuredData(rest);
  if (structured === null) return null;
  const [, time = '', host, program, pid, messageId] = head;
  return {
    ...level,
    time: parseIsoTime(time),
    host: given(host),
    program: given(program),
    pid: given(pid),
    messageId: given(messageId),
    data: structured.data,
    message: structured.rest.replace(/^\ufeff/, ''),
  };
};

const parseOld = (level: Level, line: string, before: Micros | null): SyslogMessage | null => {
  const iso = isoTime.exec(line);
  const old = iso === null ? oldTime.exec(line) : null;
  const head = iso ?? old;
  if (head === null) return null;
  const rest = line.slice(head[0].length);
  const time = iso !== null ? parseIsoTime(iso[1] ?? '') : old === null ? null : timeOfOld(old, before);
  const common = { ...level, time, messageId: null, data: [] };
  const named = hostAndTag.exec(rest);
  if (named !== null) {
    const [all, host = null, program = null, pid = null] = named;
    return { ...common, host, program, pid, message: rest.slice(all.length) };
  }
  const tag = onlyTag.exec(rest);
  if (tag !== null) {
    const [all, program = null, pid = null] = tag;
    return { ...common, host: null, program, pid, message: rest.slice(all.length) };
  }
  const host = onlyHost.exec(rest);
  const message = rest.slice(host?.[0].length ?? 0);
  return { ...common, host: host?.[1] ?? null, program: null, pid: null, message };
};

const timeOfOld = (match: RegExpExecArray, before: Micros | null): Micros | null => {
  const [, month = '', day, year, hour, minute, second, fraction = ''] = match;
  const at = (inYear: number): Micros =>
    Date.UTC(inYear, months.indexOf(month), Number(day), Number(hour), Number(minute), Number(second)) * 1000 +
    Number(fraction.padEnd(6, '0'));
  if (!months.includes(month)) return null;
  if (year !== undefined) return at(Number(year));
  if (before === null) return null;
  const last = new Date(before / 1000).getUTCFullYear();
  return at(last) <= before ? at(last) : at(last - 1);
};
