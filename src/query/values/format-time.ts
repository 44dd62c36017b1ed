import { calendarDay, timeOfDay } from './calendar.ts';
import { ticksPerDay, ticksPerHour, ticksPerMinute, ticksPerSecond, type Ticks } from './ticks.ts';

const pad = (value: number | bigint, width: number): string => value.toString().padStart(width, '0');

const fractionOf = (ticks: Ticks): string => pad(timeOfDay(ticks) % ticksPerSecond, 7);

/** `fff` keeps zeros, `FFF` drops those at the end. */
const fraction = (token: string, ticks: Ticks): string => {
  const digits = fractionOf(ticks).slice(0, token.length);
  return token.startsWith('F') ? digits.replace(/0+$/, '') : digits;
};

/** Between the parts the service takes these only. */
const checkFormat = (name: string, format: string, parts: RegExp): void => {
  const wrong = /[^ \-_.:,/[\]]/.exec(format.replace(parts, ''))?.[0];
  if (wrong !== undefined) throw new Error(`${name}: "${wrong}" cannot stand in the format "${format}"`);
};

const datetimeTokens = /yyyy|yy|MM?|dd?|HH?|hh?|mm?|ss?|f{1,7}|F{1,7}|tt/g;

/** `format_datetime`: only numbers; `MMMM` is two months in a row, as in the service. */
export const formatDatetime = (ticks: Ticks, format: string): string => {
  checkFormat('format_datetime', format, /[yMdHhmsfFt]/g);
  const { year, month, day } = calendarDay(ticks);
  const time = timeOfDay(ticks);
  const hour = time / ticksPerHour;
  const values: Readonly<Record<string, number | bigint>> = {
    M: month,
    d: day,
    H: hour,
    h: hour % 12n === 0n ? 12n : hour % 12n,
    m: (time / ticksPerMinute) % 60n,
    s: (time / ticksPerSecond) % 60n,
  };
  return format.replace(datetimeTokens, (token) => {
    if (token === 'yyyy') return pad(year, 4);
    if (token === 'yy') return pad(year % 100, 2);
    if (token === 'tt') return hour < 12n ? 'AM' : 'PM';
    return /^f/i.test(token) ? fraction(token, ticks) : pad(values[token[0] ?? ''] ?? 0, token.length);
  });
};

const timespanTokens = /d{1,8}|HH?|hh?|mm?|ss?|f{1,7}|F{1,7}/g;

/** `format_timespan`: parts of the size, with the sign in front. */
export const formatTimespan = (ticks: Ticks, format: string): string => {
  checkFormat('format_timespan', format, /[dHhmsfF]/g);
  const size = ticks < 0n ? -ticks : ticks;
  const values: Readonly<Record<string, bigint>> = {
    d: size / ticksPerDay,
    h: (size / ticksPerHour) % 24n,
    m: (size / ticksPerMinute) % 60n,
    s: (size / ticksPerSecond) % 60n,
  };
  const text = format.replace(timespanTokens, (token) =>
    /^f/i.test(token) ? fraction(token, size) : pad(values[token[0]?.toLowerCase() ?? ''] ?? 0n, token.length),
  );
  return ticks < 0n ? `-${text}` : text;
};
