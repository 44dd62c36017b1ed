import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseSyslog, type SyslogMessage } from '../../formats/syslog/parse-syslog.ts';
import type { LabEvent } from '../../model/event.ts';
import { createDrillTime } from '../../util/drill-time.ts';
import { createLossCounter } from '../loss-counter.ts';
import { readLines } from '../read-lines.ts';
import type { SensorContext, SensorOutput } from '../sensor.ts';
import type { ProcessTable } from '../trace/parse-trace.ts';
import { findSender } from './find-sender.ts';
import { parseOutputLine } from './output-line.ts';
import { syslogReport } from './syslog-report.ts';

/**
 * What the syslog daemon of a Linux host gave out → `syslog-message` events, each with the cause of the process that sent it. Messages
 * of the harness's own programs are left out; what nobody traced sent is background.
 */
export const parseSyslogOutput = async (
  file: string,
  context: SensorContext,
  table: Pick<ProcessTable, 'processes' | 'columnsOf'>,
): Promise<SensorOutput> => {
  const losses = createLossCounter('syslog', context.host);
  const drill = createDrillTime(context.clock);
  const events: LabEvent[] = [];
  for await (const batch of readLines(file)) {
    for (const { text, number, isWhole } of batch) {
      // Characters are bytes here; a message is UTF-8.
      const line = parseOutputLine(Buffer.from(text, 'latin1').toString('utf8'));
      if (line.kind === 'not-syslog') continue;
      if (line.kind === 'other') {
        losses.add(isWhole ? 'unparsed' : 'truncated', line.reason, text);
        continue;
      }
      const message = parseSyslog(line.output, null);
      if (message === null) {
        losses.add('unparsed', 'lines of the daemon that are no syslog', line.output);
        continue;
      }
      const sender = findSender(table.processes, Number(message.pid), line.receivedMicros);
      if (sender?.hidden === true) continue;
      const columns = sender === null ? {} : table.columnsOf(sender);
      events.push({
        ...columns,
        ...describe(message),
        'tocsin.real_time': line.receivedMicros,
        'event.id': `${context.host}:syslog:${events.length + 1}`,
        '@timestamp': drill(line.receivedMicros),
        'event.action': 'syslog-message',
        'event.outcome': 'success',
        'host.name': context.host,
        'tocsin.sensor': 'syslog',
        'tocsin.persona': context.persona,
        'tocsin.origin': columns['tocsin.origin'] ?? 'background',
        'tocsin.raw': `records:${number}`,
      });
    }
  }
  const { size: bytes } = await stat(file);
  const raw = `${context.host}/${basename(file)}`;
  return {
    events,
    report: syslogReport(context, { raw, bytes, events: events.length, losses: losses.list() }),
    broken: null,
  };
};

/** The daemon's own time is the host's, which a drill may compress: when the message came out is what counts. */
const describe = (message: SyslogMessage): Partial<LabEvent> => ({
  'log.syslog.facility.name': message.facility ?? undefined,
  'log.syslog.severity.name': message.severity ?? undefined,
  'log.syslog.appname': message.program ?? undefined,
  'log.syslog.procid': message.pid !== null && /^\d{1,10}$/.test(message.pid) ? Number(message.pid) : undefined,
  // The blank that ends the header of an old message.
  message: message.message.replace(/^ /, ''),
});
