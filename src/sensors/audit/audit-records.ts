import type { LabEvent } from '../../model/event.ts';

/** One record: its type and its fields as auditd writes them, with names for numbers where auditd would interpret. */
export interface AuditRecordDraft {
  readonly type: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Neither a login nor a session stands behind a lab's commands. */
const unset = '4294967295';

const identity = {
  auid: unset,
  uid: '0',
  gid: '0',
  euid: '0',
  suid: '0',
  fsuid: '0',
  egid: '0',
  sgid: '0',
  fsgid: '0',
};

/** TASK_COMM_LEN of the kernel, without its zero. */
const longestComm = 15;

const systemCall = (event: LabEvent, syscall: string, fields: Readonly<Record<string, string>>): AuditRecordDraft => ({
  type: 'SYSCALL',
  fields: {
    arch: 'x86_64',
    syscall,
    ...fields,
    ppid: String(event['process.parent.pid'] ?? 0),
    pid: String(event['process.pid'] ?? 0),
    ...identity,
    tty: '(none)',
    ses: unset,
    comm: (event['process.name'] ?? '').slice(0, longestComm),
    exe: event['process.executable'] ?? '',
  },
});

/** What `-a always,exit -S execve -k exec` makes the kernel write for a program that started. */
export const recordsOfStart = (event: LabEvent): readonly AuditRecordDraft[] => {
  const args = JSON.parse(event['process.args'] ?? '[]') as readonly string[];
  const cwd = event['process.working_directory'];
  return [
    systemCall(event, 'execve', { success: 'yes', exit: '0', key: 'exec' }),
    {
      type: 'EXECVE',
      fields: { argc: String(args.length), ...Object.fromEntries(args.map((value, index) => [`a${index}`, value])) },
    },
    ...(cwd === undefined ? [] : [{ type: 'CWD', fields: { cwd } }]),
    { type: 'PATH', fields: { name: event['process.executable'] ?? '', nametype: 'NORMAL' } },
    { type: 'PROCTITLE', fields: { proctitle: args.join(' ') } },
  ];
};

/**
 * What `-a always,exit -S connect -F a2=16 -F success=1 -k network_connect_4` makes the kernel write for a connection over IPv4: a
 * call that succeeded at once. One that failed, or came about later, is not logged by that rule.
 */
export const recordsOfConnect = (event: LabEvent): readonly AuditRecordDraft[] => [
  systemCall(event, 'connect', { success: 'yes', exit: '0', key: 'network_connect_4' }),
  {
    type: 'SOCKADDR',
    fields: {
      saddr_fam: 'inet',
      laddr: event['destination.ip'] ?? '',
      lport: String(event['destination.port'] ?? 0),
    },
  },
];
