import { parseAuditRecord } from '../../formats/auditd/parse-record.ts';
import { createRowSplitter } from '../../formats/csv/split-rows.ts';
import { isObject } from '../../formats/ndjson/flatten.ts';
import { parseJson } from '../../formats/ndjson/parse-json.ts';
import { parseSyslog } from '../../formats/syslog/parse-syslog.ts';
import type { Recognized } from './log-format.ts';

const linesLookedAt = 50;

/** Recognizes a text by its beginning. */
export const recognizeText = (text: string, isWhole: boolean): Recognized => {
  const start = text.replace(/^\ufeff/, '').trimStart();
  if (start === '') return { ok: false, reason: 'nothing but blanks' };
  if (/^<[a-z?!]/i.test(start)) return recognizeXml(start);
  if (/^[{[]/.test(start)) return recognizeJson(start);
  const lines = wholeLines(start, isWhole);
  if (mostly(lines, (line) => parseAuditRecord(line) !== null)) return { ok: true, format: 'auditd' };
  if (mostly(lines, (line) => parseSyslog(line, null) !== null)) return { ok: true, format: 'syslog' };
  // Tools put a line or two about themselves before their export.
  if (/^\s*<(?:\w+:)?Events?[\s>]/m.test(start)) return recognizeXml(start);
  return (
    recognizeTable(lines) ?? { ok: false, reason: `text of no known form, beginning with: ${shown(lines[0] ?? start)}` }
  );
};

const wholeLines = (text: string, isWhole: boolean): readonly string[] => {
  const lines = text.split(/\r?\n/);
  if (!isWhole && lines.length > 1) lines.pop();
  return lines.filter((line) => line.trim() !== '').slice(0, linesLookedAt);
};

const mostly = (lines: readonly string[], holds: (line: string) => boolean): boolean =>
  lines.filter(holds).length * 2 > lines.length;

const shown = (line: string): string =>
  (line.length > 60 ? `${line.slice(0, 60)}…` : line).replace(/[\x00-\x1f]/g, '?');

const recognizeXml = (text: string): Recognized => {
  if (/<(?:\w+:)?Event[\s>]/.test(text)) return { ok: true, format: 'windows-xml' };
  if (text.startsWith('<Objs')) {
    return { ok: false, reason: 'objects that PowerShell exported (CLIXML): export events with .ToXml() instead' };
  }
  return { ok: false, reason: 'XML without events of Windows' };
};

const recognizeJson = (text: string): Recognized => {
  const line = text.slice(0, endOfLine(text));
  const parsed = parseJson(line);
  // A list in one line is not one record a line; an object over several lines neither.
  return { ok: true, format: parsed.ok && isObject(parsed.value) ? 'ndjson' : 'json' };
};

const endOfLine = (text: string): number => {
  const end = text.indexOf('\n');
  return end < 0 ? text.length : end;
};

const recognizeTable = (lines: readonly string[]): Recognized | null => {
  if (lines.some((line) => /^#(?:separator|Fields:|Software:)/.test(line))) {
    return { ok: false, reason: "a table with '#' lines (Zeek, IIS): export it as JSON or CSV" };
  }
  for (const separator of [',', ';', '\t', '|']) {
    const [header, ...rows] = createRowSplitter(separator).add(`${lines.join('\n')}\n`);
    const width = header?.cells.length ?? 0;
    if (
      width > 1 &&
      header?.cells.every(isColumnName) === true &&
      rows.filter(({ cells }) => cells.length === width).length * 2 >= rows.length
    ) {
      return { ok: true, format: 'csv', separator };
    }
  }
  return null;
};

/** Prose has commas too, but its sentences end. */
const isColumnName = (cell: string): boolean =>
  /^[\p{L}_@#][\p{L}\p{N}_@#$ .:/()\-[\]]{0,100}$/u.test(cell.trim()) && !cell.trim().endsWith('.');
