import { readAuditd } from '../../formats/auditd/read-auditd.ts';
import { readCsv } from '../../formats/csv/read-csv.ts';
import { readEvtx } from '../../formats/evtx/read-evtx.ts';
import type { ReadContext } from '../../formats/log/read-context.ts';
import { readJson } from '../../formats/ndjson/read-json.ts';
import { readNdjson } from '../../formats/ndjson/read-ndjson.ts';
import { readSyslog } from '../../formats/syslog/read-syslog.ts';
import { readWindowsXml } from '../../formats/windows-xml/read-windows-xml.ts';
import { assertNever } from '../../model/assert-never.ts';
import type { LogEvent } from '../../model/log-event.ts';
import type { LogFile } from './find-files.ts';
import type { Recognized } from './log-format.ts';
import { readParquet } from './read-parquet.ts';

const dayMicros = 86_400_000_000;

export const readerOf = (
  recognized: Extract<Recognized, { ok: true }>,
  file: LogFile,
  content: AsyncIterable<Buffer>,
  context: ReadContext,
): AsyncIterable<readonly LogEvent[]> => {
  switch (recognized.format) {
    case 'evtx':
      return readEvtx(content, context);
    case 'windows-xml':
      return readWindowsXml(content, context);
    case 'auditd':
      return readAuditd(content, context);
    case 'syslog':
      // Its lines have the writer's zone, which may be ahead of ours.
      return readSyslog(content, { ...context, before: file.modifiedMillis * 1000 + dayMicros });
    case 'ndjson':
      return readNdjson(content, context);
    case 'json':
      return readJson(content, context);
    case 'csv':
      return readCsv(content, recognized.separator, context);
    case 'parquet':
      return readParquet(file.path, context);
    default:
      return assertNever(recognized);
  }
};
