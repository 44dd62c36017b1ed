import { months, weekdays } from '../../../util/calendar.ts';
import type { DateTime, TimeSpan } from './value.ts';

export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly dayOfWeek: string;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

export const dateParts = ({ milliseconds, kind }: DateTime): DateParts => {
  const date = new Date(milliseconds);
  const utc = kind === 'utc';
  return {
    year: utc ? date.getUTCFullYear() : date.getFullYear(),
    month: (utc ? date.getUTCMonth() : date.getMonth()) + 1,
    day: utc ? date.getUTCDate() : date.getDate(),
    dayOfWeek: weekdays[utc ? date.getUTCDay() : date.getDay()] ?? '',
    hour: utc ? date.getUTCHours() : date.getHours(),
    minute: utc ? date.getUTCMinutes() : date.getMinutes(),
    second: utc ? date.getUTCSeconds() : date.getSeconds(),
    millisecond: date.getMilliseconds(),
  };
};

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

const offset = ({ milliseconds, kind }: DateTime): string => {
  const minutes = kind === 'utc' ? 0 : -new Date(milliseconds).getTimezoneOffset();
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60), 2)}:${pad(Math.abs(minutes) % 60, 2)}`;
};

/** Single letters stand for whole patterns; en-US. */
const standard: Readonly<Record<string, string>> = {
  d: 'M/d/yyyy',
  D: 'dddd, MMMM d, yyyy',
  f: 'dddd, MMMM d, yyyy h:mm tt',
  F: 'dddd, MMMM d, yyyy h:mm:ss tt',
  g: 'M/d/yyyy h:mm tt',
  G: 'M/d/yyyy h:mm:ss tt',
  o: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
  s: "yyyy-MM-dd'T'HH:mm:ss",
  t: 'h:mm tt',
  T: 'h:mm:ss tt',
  u: "yyyy-MM-dd HH:mm:ss'Z'",
};

const field = (token: string, parts: DateParts, date: DateTime): string => {
  const width = token.length;
  const hour12 = parts.hour % 12 === 0 ? 12 : parts.hour % 12;
  switch (token.charAt(0)) {
    case 'y':
      return width <= 2 ? pad(parts.year % 100, width) : pad(parts.year, width);
    case 'M':
      return width > 2
        ? (months[parts.month - 1] ?? '').slice(0, width === 3 ? 3 : undefined)
        : pad(parts.month, width);
    case 'd':
      return width > 2 ? parts.dayOfWeek.slice(0, width === 3 ? 3 : undefined) : pad(parts.day, width);
    case 'H':
      return pad(parts.hour, width);
    case 'h':
      return pad(hour12, width);
    case 'm':
      return pad(parts.minute, width);
    case 's':
      return pad(parts.second, width);
    case 'f':
      return pad(parts.millisecond, 3).padEnd(7, '0').slice(0, width);
    case 't':
      return (parts.hour < 12 ? 'AM' : 'PM').slice(0, width);
    case 'z':
      return offset(date);
    case 'K':
      return date.kind === 'utc' ? 'Z' : offset(date);
    default:
      return token;
  }
};

/** Formats by a .NET pattern. */
export const formatDate = (date: DateTime, pattern: string): string => {
  const parts = dateParts(date);
  const tokens = (standard[pattern] ?? pattern).match(/'[^']*'|"[^"]*"|\\.|([yMdHhmsftzK])\1*|[^]/g) ?? [];
  return tokens
    .map((token) => {
      if (/^['"]/.test(token)) return token.slice(1, -1);
      if (token.startsWith('\\')) return token.slice(1);
      return field(token, parts, date);
    })
    .join('');
};

export const formatTimeSpan = ({ milliseconds }: TimeSpan): string => {
  const total = Math.abs(milliseconds);
  const day = Math.floor(total / 86_400_000);
  const clock = [3_600_000, 60_000, 1000]
    .map((unit, index) => pad(Math.floor(total / unit) % (index === 0 ? 24 : 60), 2))
    .join(':');
  const rest = Math.round((total % 1000) * 10_000);
  return `${milliseconds < 0 ? '-' : ''}${day > 0 ? `${day}.` : ''}${clock}${rest > 0 ? `.${pad(rest, 7)}` : ''}`;
};
