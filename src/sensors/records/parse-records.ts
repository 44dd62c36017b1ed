import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { LabEvent } from '../../model/event.ts';
import { createDrillTime, type DrillTime } from '../../util/drill-time.ts';
import { createLossCounter, type LossCounter } from '../loss-counter.ts';
import { readLines, type TextLine } from '../read-lines.ts';
import type { SensorContext, SensorOutput } from '../sensor.ts';
import type { ProcessTable } from '../trace/parse-trace.ts';
import { findWriter } from './find-writer.ts';
import { parseRecordLine } from './record-line.ts';
import { recordsReport } from './records-report.ts';

/**
 * What components of the persona wrote to the event log → `log-record` events, with the cause of the process that wrote them.
 * Rejects only when the file cannot be read; forged and broken records are losses.
 */
export const parseRecords = async (
  file: string,
  context: SensorContext,
  table: ProcessTable,
): Promise<SensorOutput> => {
  const losses = createLossCounter('records', context.host);
  const drill = createDrillTime(context.clock);
  const events: LabEvent[] = [];
  for await (const batch of readLines(file)) {
    for (const line of batch) {
      const event = toEvent(line, context, table, drill, losses);
      if (event !== null) events.push({ ...event, 'event.id': `${context.host}:records:${events.length + 1}` });
    }
  }
  countStrangers(table, losses);
  const { size: bytes } = await stat(file);
  const raw = `${context.host}/${basename(file)}`;
  const report = recordsReport(context, { raw, bytes, events: events.length, losses: losses.list() });
  return { events, report, broken: null };
};

const toEvent = (
  { text, number, isWhole }: TextLine,
  context: SensorContext,
  table: ProcessTable,
  drill: DrillTime,
  losses: LossCounter,
): LabEvent | null => {
  // Characters are bytes here; a record is UTF-8.
  const json = Buffer.from(text, 'latin1').toString('utf8');
  const line = parseRecordLine(json);
  switch (line.kind) {
    case 'broken':
      losses.add(isWhole ? 'unparsed' : 'truncated', isWhole ? 'broken lines' : 'the last line is cut off', json);
      return null;
    case 'not-a-record':
      losses.add('unparsed', 'lines that are no record', `${line.reason}: ${json}`);
      return null;
    case 'handover':
    case 'of-a-service':
      return null;
    case 'record': {
      const { record, receivedMicros } = line;
      const writer = findWriter(table.processes, record.pid, receivedMicros);
      if (!writer.ok) {
        losses.add('dropped', `forged records: ${writer.reason}`, json);
        return null;
      }
      return {
        ...table.columnsOf(writer.process),
        'event.id': '',
        'event.action': 'log-record',
        'event.outcome': 'success',
        'host.name': context.host,
        'tocsin.sensor': 'records',
        'tocsin.origin': table.columnsOf(writer.process)['tocsin.origin'] ?? 'background',
        '@timestamp': drill(receivedMicros),
        'tocsin.real_time': receivedMicros,
        'winlog.channel': record.channel,
        'winlog.provider_name': record.provider,
        'winlog.event_id': record.eventId,
        'winlog.event_data': JSON.stringify(record.data),
        'tocsin.raw': `records:${number}`,
        ...(record.request === undefined ? {} : table.causeOfRequest(writer.process, record.request)),
      };
    }
  }
};

/** A stranger on the socket could have written records in a component's name: whoever reads the run must know. */
const countStrangers = (table: ProcessTable, losses: LossCounter): void => {
  for (const process of table.processes) {
    if (process.recordsMicros === null || process.hidden || process.image?.isComponent === true) continue;
    const who = `${process.image?.executable ?? 'a fork'}, process ${process.pid}`;
    losses.add('unlinked', 'programs that are no component of the persona connected to the records socket', who);
  }
};
