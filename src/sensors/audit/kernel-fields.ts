import { parseAuditFields } from '../../formats/auditd/parse-fields.ts';
import type { AuditRecord } from '../../formats/auditd/parse-record.ts';

/** Numbers of system calls that our rules name. Source: asm/unistd_64.h. */
const calls: Readonly<Record<string, string>> = { '42': 'connect', '59': 'execve', '322': 'execveat' };

const users = /^(?:uid|gid|euid|egid|suid|sgid|fsuid|fsgid|ouid|ogid)$/;

/** Where the users of a lab of a range begin on the machine (`lab/namespace/id-map.ts`). */
const rangeBase = 1_879_048_192;
const rangeCount = 65_536;

const inHost = (id: string): string => {
  const within = Number(id) - rangeBase;
  return within >= 0 && within < rangeCount ? String(within) : id;
};

/** Without the part of our rules' keys that says whose they are. */
const ruleKey = (key: string): string =>
  key
    .split('\x01')
    .filter((part) => !part.startsWith('tocsin:'))
    .join(',');

const interpreted = (type: string, name: string, value: string): string => {
  if (type === 'SYSCALL' && name === 'syscall') return calls[value] ?? value;
  if (name === 'arch') return value === 'c000003e' ? 'x86_64' : value;
  if (name === 'key') return ruleKey(value);
  return users.test(name) ? inHost(value) : value;
};

/**
 * The fields of a record of the kernel's as `ausearch -i` and the records that we make from the trace have them: names for numbers of
 * system calls, users as the host numbers them. Processes are the machine's still.
 */
export const kernelFields = ({ type, body }: AuditRecord): Readonly<Record<string, string>> =>
  Object.fromEntries(parseAuditFields(type, body).map(([name, value]) => [name, interpreted(type, name, value)]));
