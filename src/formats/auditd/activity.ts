import { posix } from 'node:path';
import { textOf, type Fields } from '../log/fields.ts';

/** What an event is about, in the names of Sigma's Linux categories. */
export interface AuditActivity {
  readonly category: 'process_creation' | 'network_connection' | 'file_event';
  readonly fields: Readonly<Record<string, string>>;
}

type Records = ReadonlyMap<string, readonly Fields[]>;

/** Null when it is about none of them, or the system call failed. */
export const activityOf = (records: Records): AuditActivity | null => {
  const call = records.get('SYSCALL')?.[0];
  if (call === undefined || call['success'] === 'no') return null;
  if (records.has('EXECVE')) return process(call, records);
  const address = records.get('SOCKADDR')?.[0];
  if (address !== undefined && textOf(address['laddr']) !== null) return connection(call, address);
  const created = records.get('PATH')?.find((path) => path['nametype'] === 'CREATE');
  return created === undefined ? null : file(call, created, records);
};

const known = (values: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null));

const text = (fields: Fields | undefined, name: string): string | null => {
  const value = textOf(fields?.[name]);
  return value === '(null)' ? null : value;
};

const actor = (call: Fields): Readonly<Record<string, string | null>> => ({
  Image: text(call, 'exe'),
  ProcessId: text(call, 'pid'),
  // An enriched record has the name beside the number.
  User: text(call, 'UID') ?? text(call, 'uid'),
});

const process = (call: Fields, records: Records): AuditActivity => ({
  category: 'process_creation',
  fields: known({
    ...actor(call),
    ParentProcessId: text(call, 'ppid'),
    CommandLine: commandLine(records),
    CurrentDirectory: text(records.get('CWD')?.[0], 'cwd'),
    LogonId: text(call, 'ses'),
  }),
});

const commandLine = (records: Records): string | null => {
  const parts: string[] = [];
  for (const record of records.get('EXECVE') ?? []) {
    for (let index = parts.length; ; index++) {
      const argument = textOf(record[`a${index}`]);
      if (argument === null) break;
      parts.push(argument);
    }
  }
  return parts.length === 0 ? text(records.get('PROCTITLE')?.[0], 'proctitle') : parts.join(' ');
};

// Source: asm/unistd_64.h and asm-generic/unistd.h.
const connectCalls = new Set(['c000003e 42', 'c00000b7 203', '40000003 362', 'connect']);

const connection = (call: Fields, address: Fields): AuditActivity | null => {
  const number = `${text(call, 'arch') ?? ''} ${text(call, 'syscall') ?? ''}`;
  if (![number, text(call, 'SYSCALL'), text(call, 'syscall')].some((name) => name !== null && connectCalls.has(name))) {
    return null;
  }
  return {
    category: 'network_connection',
    fields: known({
      ...actor(call),
      Initiated: 'true',
      DestinationIp: text(address, 'laddr'),
      DestinationPort: text(address, 'lport'),
    }),
  };
};

const file = (call: Fields, created: Fields, records: Records): AuditActivity => ({
  category: 'file_event',
  fields: known({
    ...actor(call),
    TargetFilename: absolute(text(created, 'name'), text(records.get('CWD')?.[0], 'cwd')),
  }),
});

const absolute = (path: string | null, folder: string | null): string | null =>
  path === null || folder === null || path.startsWith('/') ? path : posix.join(folder, path);
