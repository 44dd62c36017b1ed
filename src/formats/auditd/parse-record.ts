/** One line of an audit log: `node=HOST type=TYPE msg=audit(SECONDS.MILLIS:SERIAL): NAME=VALUE …`. */
export interface AuditRecord {
  readonly node: string | null;
  readonly type: string;
  readonly micros: number;
  /** Names the event together with node and time. */
  readonly serial: number;
  /** Fields as they were printed, and in an enriched log what follows the separator: `SYSCALL=execve UID="root"`. */
  readonly body: string;
}

const head = /^(?:node=(\S+) )?type=(\S+) (?:msg=)?audit\((\d+)\.(\d{1,6}):(\d+)\): ?/;

/** Types that the kernel names by number when it writes to syslog. Source: linux/audit.h. */
const numberedTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    1300: 'SYSCALL',
    1302: 'PATH',
    1305: 'CONFIG_CHANGE',
    1306: 'SOCKADDR',
    1307: 'CWD',
    1309: 'EXECVE',
    1320: 'EOE',
    1326: 'SECCOMP',
    1327: 'PROCTITLE',
    1400: 'AVC',
    1701: 'ANOM_ABEND',
  }),
);

/** Null when the line is none of an audit log. */
export const parseAuditRecord = (line: string): AuditRecord | null => {
  const match = head.exec(line);
  if (match === null) return null;
  const [all, node, type = '', seconds, fraction = '', serial] = match;
  return {
    node: node ?? null,
    type: numberedTypes.get(type) ?? type,
    micros: Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0')),
    serial: Number(serial),
    body: line.slice(all.length),
  };
};
