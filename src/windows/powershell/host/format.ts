import { ErrorRecord } from '../engine/error-record.ts';
import { formatDate } from '../values/dates.ts';
import { asNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { DateTime, Dictionary, PsObject, TimeSpan, type Value } from '../values/value.ts';
import { readProperty } from '../objects/properties.ts';
import { renderError } from './render-error.ts';

/** What a table or a list shows of an object. */
type Row = readonly (readonly [string, Value])[];

/** Properties that a type shows by default, where it does not show all. */
const defaultProperties: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.Management.Infrastructure.CimInstance#Root/Microsoft/Windows/TaskScheduler/MSFT_ScheduledTask': [
    'TaskPath',
    'TaskName',
    'State',
  ],
  'Microsoft.DnsClient.Commands.DnsRecord_A': ['Name', 'Type', 'TTL', 'Section', 'IPAddress'],
  'Microsoft.DnsClient.Commands.DnsRecord_AAAA': ['Name', 'Type', 'TTL', 'Section', 'IPAddress'],
};

const rowOf = (value: PsObject): Row => {
  const names = defaultProperties[value.typeNames[0] ?? ''];
  return names === undefined ? value.entries() : names.map((name) => [name, value.get(name)]);
};

const cell = (value: Value): string => {
  if (Array.isArray(value)) return `{${value.slice(0, 4).map(cell).join(', ')}${value.length > 4 ? '...' : ''}}`;
  if (value instanceof Dictionary)
    return `{${value
      .entries()
      .slice(0, 4)
      .map(([key]) => toText(key))
      .join(', ')}}`;
  if (value instanceof DateTime) return formatDate(value, 'G');
  return toText(value);
};

const isRight = (value: Value): boolean => asNumber(value) !== null;

const table = (rows: readonly Row[], header: readonly string[]): string => {
  const cells = rows.map((row) =>
    header.map((name) => row.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? null),
  );
  const widths = header.map((name, column) =>
    Math.max(name.length, ...cells.map((row) => cell(row[column] ?? null).length)),
  );
  const line = (texts: readonly string[], right: readonly boolean[]): string =>
    texts
      .map((text, column) =>
        right[column] === true ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
      )
      .join(' ')
      .trimEnd();
  const right = header.map((_, column) => cells.length > 0 && cells.every((row) => isRight(row[column] ?? null)));
  const rules = header.map((name) => '-'.repeat(name.length));
  const body = cells.map((row) =>
    line(
      row.map((value) => cell(value ?? null)),
      right,
    ),
  );
  return ['', line(header, right), line(rules, right), ...body, '', ''].join('\n');
};

const list = (row: Row): string => {
  const width = Math.max(0, ...row.map(([name]) => name.length));
  return row
    .map(([name, value]) => `${name.padEnd(width)} : ${cell(value).replaceAll('\n', `\n${' '.repeat(width + 3)}`)}`)
    .join('\n');
};

export const formatTable = (values: readonly Value[], properties?: readonly string[]): string => {
  const rows = values.map(toRow);
  const header = properties ?? rows[0]?.map(([name]) => name) ?? [];
  return table(
    properties === undefined
      ? rows
      : values.map((value) => properties.map((name) => [name, readProperty(value, name)] as const)),
    header,
  );
};

export const formatList = (values: readonly Value[], properties?: readonly string[]): string => {
  const rows =
    properties === undefined
      ? values.map(toRow)
      : values.map((value) => properties.map((name) => [name, readProperty(value, name)] as const));
  return `\n\n${rows.map(list).join('\n\n')}\n\n\n`;
};

const toRow = (value: Value): Row => {
  if (value instanceof PsObject) return rowOf(value);
  if (value instanceof Dictionary) return value.entries().map(([key, item]) => [toText(key), item]);
  return [['Value', value]];
};

const timeSpanRow = (span: TimeSpan): Row =>
  [
    'Days',
    'Hours',
    'Minutes',
    'Seconds',
    'Milliseconds',
    'Ticks',
    'TotalDays',
    'TotalHours',
    'TotalMinutes',
    'TotalSeconds',
    'TotalMilliseconds',
  ].map((name) => [name, readProperty(span, name)]);

/** Objects that belong into one table or list share a kind; text and numbers go line by line. */
type Shape = 'text' | 'table' | 'list' | 'dictionary';

export const shapeOf = (value: Value): Shape => {
  if (value instanceof Dictionary) return 'dictionary';
  if (value instanceof TimeSpan) return 'list';
  if (value instanceof ErrorRecord || !(value instanceof PsObject)) return 'text';
  if (value.options.text !== undefined && value.properties.size <= 1) return 'text';
  if (value.is('Microsoft.DnsClient.Commands.DnsRecord')) return 'table';
  return rowOf(value).length <= 4 && !value.typeNames[0]?.endsWith('WebResponseObject') ? 'table' : 'list';
};

const line = (value: Value): string => {
  if (value instanceof ErrorRecord) return `${renderError(value)}\n`;
  if (value instanceof DateTime) return `\n${formatDate(value, 'F')}\n\n\n`;
  return `${toText(value)}\n`;
};

const dictionaryRows = (table: Dictionary): Row[] =>
  table.entries().map(([key, value]) => [
    ['Name', toText(key)],
    ['Value', value],
  ]);

/** Text of objects of one shape, as the host shows them. */
export const formatGroup = (shape: Shape, values: readonly Value[]): string => {
  switch (shape) {
    case 'text':
      return values.map(line).join('');
    case 'dictionary':
      return table(
        values.flatMap((value) => (value instanceof Dictionary ? dictionaryRows(value) : [])),
        ['Name', 'Value'],
      );
    case 'table':
      return formatTable(values);
    case 'list':
      return values[0] instanceof TimeSpan ? `\n\n${list(timeSpanRow(values[0]))}\n\n\n` : formatList(values);
  }
};

/** Everything a file gets of these objects. */
export const formatForFile = (values: readonly Value[]): string => {
  let text = '';
  for (let from = 0; from < values.length;) {
    const shape = shapeOf(values[from] ?? null);
    let to = from + 1;
    while (to < values.length && shapeOf(values[to] ?? null) === shape) to++;
    text += formatGroup(shape, values.slice(from, to));
    from = to;
  }
  return text;
};
