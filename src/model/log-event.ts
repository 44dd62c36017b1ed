import type { Micros } from './event.ts';

export type LogScalar = string | number | boolean | null;

/** A list stands for any of its items: a condition on the field holds when it holds for one of them. */
export type LogValue = LogScalar | readonly LogScalar[];

/**
 * What a log record says of its source. Readers reuse one object for all records of one source and event id: matchers route by
 * identity first. Unknown is null, never a guess.
 */
export interface LogSource {
  /** `windows`, `linux`, `macos`, `aws` …, in Sigma's words. */
  readonly product: string | null;
  /** Sigma's service when the format says it (`auditd`, `sshd`, `cloudtrail`); Windows services follow from the channel. */
  readonly service: string | null;
  /** Sigma's category when the format says it (`webserver`, `proxy`); Windows categories follow from channel and event id. */
  readonly category: string | null;
  /** Windows channel: `Security`, `Microsoft-Windows-Sysmon/Operational`. */
  readonly channel: string | null;
  /** Windows provider: `Microsoft-Windows-Security-Auditing`; auditd and syslog: the program. */
  readonly provider: string | null;
  /** Windows event id; auditd's record type of the first record stays in `fields.type`. */
  readonly eventId: number | null;
}

/** Where a record stands, so that a reader can find it again. */
export interface LogOrigin {
  readonly file: string;
  /** Counts from 1 in the file; an EVTX record's own number where it has one. */
  readonly record: number;
}

/**
 * One log record, flat, as it was logged. Fields carry the product's own names: Windows EventData by `Name`, the System element as
 * Sigma names it (`EventID`, `Channel`, `Provider_Name`, `Computer`, `Execution_ProcessID` …), JSON objects as dotted names.
 * Absent is not null is not empty. Hexadecimal stays as it was printed (`0x1fffff`); integers beyond 2^53 are text.
 */
export interface LogEvent {
  readonly source: LogSource;
  /** UTC; null when the record says none. */
  readonly time: Micros | null;
  readonly fields: Readonly<Record<string, LogValue>>;
  readonly origin: LogOrigin;
}
