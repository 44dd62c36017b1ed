import { deriveAudit } from './audit/derive-audit.ts';
import { joinAudit } from './audit/join-audit.ts';
import type { AuditLog } from './audit/read-audit-log.ts';
import { parseRecords } from './records/parse-records.ts';
import { readHandovers } from './records/read-handovers.ts';
import type { SensorContext, SensorOutput } from './sensor.ts';
import { parseSyslogOutput } from './syslog/parse-syslog-output.ts';
import { parseTrace, type TraceOutput } from './trace/parse-trace.ts';

/** Raw evidence of one host, packets apart: those are joined over all hosts. */
export interface HostEvidence {
  readonly trace: string;
  readonly records: string;
  /** The kernel's own audit records, of all hosts; null where they were not read. */
  readonly audit: AuditLog | null;
}

export interface HostOutput {
  readonly trace: TraceOutput;
  /** What components wrote on a Windows host, the audit log of a Linux host. */
  readonly logs: readonly SensorOutput[];
}

/** What sensors saw in a host → events. */
export const parseHost = async (files: HostEvidence, context: SensorContext): Promise<HostOutput> => {
  const isWindows = context.persona === 'windows';
  const handovers = isWindows ? await readHandovers(files.records) : [];
  const trace = await parseTrace(files.trace, context, handovers);
  if (isWindows) return { trace, logs: [await parseRecords(files.records, context, trace.table)] };
  const audit =
    files.audit === null ? deriveAudit(trace.events, context) : joinAudit(files.audit, trace.events, context);
  const syslog = context.hasSyslog === true ? [await parseSyslogOutput(files.records, context, trace.table)] : [];
  return { trace, logs: [audit, ...syslog] };
};
