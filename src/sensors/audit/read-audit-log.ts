import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createRecordJoiner, type AuditGroup } from '../../formats/auditd/join-records.ts';
import { parseAuditRecord } from '../../formats/auditd/parse-record.ts';
import { readLines } from '../read-lines.ts';

/** The kernel's audit records of a lab's hosts, as the audit sensor wrote them. */
export interface AuditLog {
  /** Name of the file. */
  readonly file: string;
  readonly bytes: number;
  /** By host: the records of each system call. */
  readonly hosts: ReadonlyMap<string, readonly AuditGroup[]>;
  /** Records that the kernel or the sensor had no room for. */
  readonly lost: number;
  readonly unparsed: number;
  /** Why it is not whole; null when it is. */
  readonly broken: string | null;
}

/** Hosts are known by the login uid that everything in them has. */
const loginUid = / auid=(\d+) /;

export const readAuditLog = async (file: string): Promise<AuditLog> => {
  const names = new Map<string, string>();
  const hosts = new Map<string, AuditGroup[]>();
  const joiner = createRecordJoiner();
  let lost = 0;
  let unparsed = 0;
  let broken: string | null = 'the kernel audit sensor ended before the lab did';

  const keep = (groups: readonly AuditGroup[]): void => {
    for (const group of groups) {
      const host = names.get(loginUid.exec(group.records[0].body)?.[1] ?? '');
      if (host === undefined) unparsed += group.records.length;
      else hosts.get(host)?.push(group);
    }
  };
  for await (const lines of readLines(file)) {
    for (const { text, number } of lines) {
      const [, uid, name] = /^#host (\d+) (\S+)$/.exec(text) ?? [];
      const end = /^#end records=\d+ lost=(-?\d+) missed=(\d+)$/.exec(text);
      if (uid !== undefined && name !== undefined) {
        names.set(uid, name);
        hosts.set(name, hosts.get(name) ?? []);
      } else if (end !== null) {
        lost = Math.max(0, Number(end[1])) + Number(end[2]);
        broken = null;
      } else {
        const record = parseAuditRecord(text);
        if (record === null) unparsed += 1;
        else keep(joiner.add(record, number));
      }
    }
  }
  keep(joiner.end());
  return { file: basename(file), bytes: (await stat(file)).size, hosts, lost, unparsed, broken };
};
