import { months, weekdays } from '../../../util/calendar.ts';
import type { FunctionTable } from '../function-table.ts';
import { readDate } from './sumo-parse-date.ts';
import { sumoRows } from './sumo-row-table.ts';

type Parts = Readonly<Record<string, number>>;

const partsIn = (millis: number, zone: string): Parts => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return Object.fromEntries(format.formatToParts(millis).map(({ type, value }) => [type, Number(value)]));
};

/** Minutes that a zone is ahead of UTC at a moment. */
const offsetAt = (millis: number, parts: Parts): number => {
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((local - Math.floor(millis / 1000) * 1000) / 60_000);
};

const padded = (value: number, width: number): string => String(value).padStart(width, '0');

const zoneText = (minutes: number, colon: string): string => {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${padded(hours, 2)}${colon}${padded(rest, 2)}`;
};

/** A pattern of Java's SimpleDateFormat, letters it does not know staying as they are. */
const formatDate = (millis: bigint, pattern: string | null, zone: string | null): string | null => {
  const at = Number(millis);
  let parts: Parts;
  try {
    parts = partsIn(at, zone ?? 'UTC');
  } catch {
    return null;
  }
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const offset = offsetAt(at, parts);
  const letter = (run: string): string => {
    const width = run.length;
    switch (run.charAt(0)) {
      case 'y':
        return width === 2 ? padded(year % 100, 2) : padded(year, width);
      case 'M': {
        const name = months[month - 1] ?? '';
        return width >= 4 ? name : width === 3 ? name.slice(0, 3) : padded(month, width);
      }
      case 'd':
        return padded(day, width);
      case 'H':
        return padded(hour, width);
      case 'h':
        return padded(hour % 12 === 0 ? 12 : hour % 12, width);
      case 'm':
        return padded(minute, width);
      case 's':
        return padded(second, width);
      case 'S':
        return padded(((at % 1000) + 1000) % 1000, width);
      case 'a':
        return hour < 12 ? 'AM' : 'PM';
      case 'E':
        return width >= 4 ? (weekdays[weekday] ?? '') : (weekdays[weekday] ?? '').slice(0, 3);
      case 'u':
        return padded(weekday === 0 ? 7 : weekday, width);
      case 'Z':
        return zoneText(offset, '');
      case 'X':
        return offset === 0 ? 'Z' : zoneText(offset, width >= 3 ? ':' : '');
      case 'z':
        return zone ?? 'UTC';
      default:
        return run;
    }
  };
  return (pattern ?? 'yyyy-MM-dd HH:mm:ss').replaceAll(/'((?:[^']|'')*)'|([A-Za-z])\2*/g, (run, quoted?: string) =>
    quoted === undefined ? letter(run) : quoted === '' ? "'" : quoted.replaceAll("''", "'"),
  );
};

/** Java's `String.format`, as far as logs need it. */
const format = (pattern: string, args: string): string => {
  const values = JSON.parse(args) as readonly (string | null)[];
  let next = 0;
  return pattern.replaceAll(/%(?:(\d+)\$)?([-0,+ ]*)(\d*)(?:\.(\d+))?([sdfexX%])/g, (...match: string[]) => {
    const [, index, flags = '', width = '', digits, kind] = match;
    if (kind === '%') return '%';
    const value = values[index === undefined || index === '' ? next++ : Number(index) - 1] ?? null;
    const number = Number(value);
    const grouped = (text: string): string => (flags.includes(',') ? text.replace(/\B(?=(\d{3})+(?!\d))/g, ',') : text);
    const shown =
      value === null
        ? 'null'
        : kind === 'd'
          ? grouped(String(Math.trunc(number)))
          : kind === 'f'
            ? number.toFixed(Number(digits ?? 6)).replace(/^-?\d+/, grouped)
            : kind === 'x' || kind === 'X'
              ? Math.trunc(number).toString(16)[kind === 'X' ? 'toUpperCase' : 'toLowerCase']()
              : kind === 'e'
                ? number.toExponential(Number(digits ?? 6))
                : value.slice(0, digits === undefined ? undefined : Number(digits));
    if (flags.includes('-')) return shown.padEnd(Number(width));
    return shown.padStart(Number(width), flags.includes('0') ? '0' : ' ');
  });
};

/** The moment when clocks of a zone show a date, in milliseconds. */
const parseDate = (text: string, pattern: string, zone: string | null): bigint | null => {
  const written = readDate(text, pattern);
  if (written === null) return null;
  const { local } = written;
  if (typeof written.zone === 'number') return BigInt(local - written.zone * 60_000);
  const name = written.zone ?? zone ?? 'UTC';
  try {
    // The offset of the moment itself, which lies where the first guess says or an hour beside it.
    const guess = local - offsetAt(local, partsIn(local, name)) * 60_000;
    return BigInt(local - offsetAt(guess, partsIn(guess, name)) * 60_000);
  } catch {
    return null;
  }
};

export const sumoTimeFunctions: FunctionTable = sumoRows({
  parsedate: { params: ['string', 'string', 'string'], required: 2, result: 'long', compute: parseDate },
  formatdate: { params: ['long', 'string', 'string'], required: 1, result: 'string', compute: formatDate },
  format: { params: ['string'], rest: true, result: 'string', compute: format },
});
