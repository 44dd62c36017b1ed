import { deriveAudit } from './audit/derive-audit.ts';
import { parseRecords } from './records/parse-records.ts';
import { readHandovers } from './records/read-handovers.ts';
import type { SensorContext, SensorOutput } from './sensor.ts';
import { parseTrace } from './trace/parse-trace.ts';

/** Raw evidence of one host. */
export interface HostEvidence {
  readonly trace: string;
  readonly records: string;
}

/** Every sensor's evidence of a host → events. Only a Windows host has components that write records, only a Linux host an audit log. */
export const parseHost = async (files: HostEvidence, context: SensorContext): Promise<readonly SensorOutput[]> => {
  const isWindows = context.persona === 'windows';
  const handovers = isWindows ? await readHandovers(files.records) : [];
  const { events, report, broken, table } = await parseTrace(files.trace, context, handovers);
  const trace = { events, report, broken };
  return isWindows ? [trace, await parseRecords(files.records, context, table)] : [trace, deriveAudit(events, context)];
};
