import type { AuditRecord } from './parse-record.ts';

export interface AuditGroup {
  readonly records: readonly [AuditRecord, ...AuditRecord[]];
  /** Number of the first record's line. */
  readonly line: number;
}

export interface RecordJoiner {
  /** Takes one record and gives the events that are complete now. */
  add(record: AuditRecord, line: number): readonly AuditGroup[];
  /** The events that are still open. */
  end(): readonly AuditGroup[];
}

interface OpenGroup {
  readonly records: [AuditRecord, ...AuditRecord[]];
  readonly line: number;
}

/** auparse waits as long for the rest of an event. */
const longestMicros = 2_000_000;

/** Events of several processors mix, a few at a time. */
const mostOpen = 128;
const mostRecords = 4096;

/** Puts the records of one event together; they share node, time and serial number, and stand close to one another. */
export const createRecordJoiner = (): RecordJoiner => {
  const open = new Map<string, OpenGroup>();
  const close = (key: string): readonly AuditGroup[] => {
    const group = open.get(key);
    open.delete(key);
    return group === undefined ? [] : [group];
  };
  const closeOld = (now: number): readonly AuditGroup[] => {
    const closed: AuditGroup[] = [];
    for (const [key, { records }] of open) {
      if (open.size <= mostOpen && Math.abs(now - records[0].micros) <= longestMicros) break;
      closed.push(...close(key));
    }
    return closed;
  };
  return {
    add: (record, line) => {
      const key = `${record.node ?? ''} ${record.micros} ${record.serial}`;
      if (record.type === 'EOE') return close(key);
      const group = open.get(key);
      if (group === undefined) open.set(key, { records: [record], line });
      else if (group.records.push(record) >= mostRecords) return close(key);
      return closeOld(record.micros);
    },
    end: () => [...open.keys()].flatMap(close),
  };
};
