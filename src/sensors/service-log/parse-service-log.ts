import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { LabEvent } from '../../model/event.ts';
import { relayDataset, serviceDatasets } from '../../model/service-log.ts';
import { createDrillTime } from '../../util/drill-time.ts';
import { createLossCounter, type LossCounter } from '../loss-counter.ts';
import type { ClientFinder } from '../packets/find-client.ts';
import { readLines } from '../read-lines.ts';
import type { SensorContext, SensorOutput } from '../sensor.ts';
import { ocsfOf } from '../trace/ocsf.ts';
import { marksOf } from '../trace/process-columns.ts';
import type { CauseColumns } from '../trace/cause.ts';
import { describeRecord } from './describe-record.ts';
import { parseServiceLine, type ServiceLine } from './service-line.ts';
import { serviceLogReport } from './service-log-report.ts';

type ReceivedRecord = Extract<ServiceLine, { kind: 'record' }>;

/**
 * What services of a host logged of their clients → events, each with the cause of the process whose connection it came in on. `clients`
 * is null where no packets were captured. Null when no service of the host keeps such a log.
 */
export const parseServiceLog = async (
  file: string,
  context: SensorContext,
  clients: ClientFinder | null,
): Promise<SensorOutput | null> => {
  const losses = createLossCounter('service-log', context.host);
  const drill = createDrillTime(context.clock);
  const marks = marksOf({ ...context, persona: 'linux' });
  const last = new Map<string, number>();
  const kinds = new Set(context.services);
  const events: LabEvent[] = [];
  for await (const batch of readLines(file)) {
    for (const { text, number } of batch) {
      // Characters are bytes here; a record is UTF-8.
      const line = parseServiceLine(Buffer.from(text, 'latin1').toString('utf8'));
      if (line.kind === 'other') continue;
      kinds.add(line.service.kind);
      if (line.kind === 'not-a-record') {
        losses.add('unparsed', 'lines of a service that are no record', `${line.service.step}: ${line.reason}`);
        continue;
      }
      countMissing(line, last, losses);
      const { dataset, client, record } = line.record;
      if (dataset === relayDataset) continue;
      const cause = clients?.causeOf(client, line.receivedMicros) ?? null;
      if (cause === 'harness') continue;
      events.push({
        'event.id': `${context.host}:service-log:${events.length + 1}`,
        '@timestamp': drill(line.receivedMicros),
        'event.action': serviceDatasets[dataset],
        'event.dataset': dataset,
        'event.original': JSON.stringify(record),
        'host.name': context.host,
        'source.ip': client.ip,
        'source.port': client.port,
        'network.transport': client.transport,
        'network.direction': 'ingress',
        'tocsin.sensor': 'service-log',
        'tocsin.persona': context.persona,
        'tocsin.real_time': line.receivedMicros,
        'tocsin.marks': marks.length === 0 ? undefined : JSON.stringify(marks),
        'tocsin.raw': `records:${number}`,
        ...ocsfOf(serviceDatasets[dataset]),
        ...describeRecord(dataset, record),
        ...attributed(cause, line, losses),
      });
    }
  }
  warnOfTests(context, events.length, losses);
  const { size: bytes } = await stat(file);
  const raw = `${context.host}/${basename(file)}`;
  const report = serviceLogReport(context, [...kinds], { raw, bytes, events: events.length, losses: losses.list() });
  return report === null ? null : { events, report, broken: null };
};

const countMissing = ({ service, record }: ReceivedRecord, last: Map<string, number>, losses: LossCounter): void => {
  const missing = record.sequence - (last.get(service.step) ?? 0) - 1;
  last.set(service.step, record.sequence);
  // A service that was started again counts from 1 again.
  if (missing > 0) losses.add('dropped', 'records of a service that did not come in', service.step, missing);
};

/** A service that asks on behalf of somebody whom nothing names is no cause. */
const attributed = (
  cause: CauseColumns | null,
  { service, record }: ReceivedRecord,
  losses: LossCounter,
): Pick<LabEvent, 'tocsin.origin'> & Partial<CauseColumns> => {
  if (cause !== null && cause['tocsin.origin'] !== 'service') return cause;
  const { ip, port } = record.client;
  losses.add(
    'unlinked',
    'unattributed records: no process of the lab is known to have asked',
    `${service.step}: ${ip}:${port}`,
  );
  return { 'tocsin.origin': 'background' };
};

/** Root of a host may write to what another process of root prints to. */
const warnOfTests = ({ steps }: SensorContext, records: number, losses: LossCounter): void => {
  const test = steps.find(({ step }) => step.variant !== null);
  if (records > 0 && test !== undefined)
    losses.add('unlinked', 'tests ran where the service ran, and could have written its records', test.step.id);
};
