import { maxDatetimeTicks, ticksPerMilli, ticksPerMinute, unixEpochTicks, type Ticks } from './ticks.ts';

const clock = String.raw`(?:[T\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7})\d*)?)?\s*(AM|PM)?)?`;
const zone = String.raw`\s*(Z|GMT|UTC|[+-]\d{2}:?\d{2})?`;
const yearFirst = new RegExp(`^(\\d{4})(?:[-/](\\d{1,2})(?:[-/](\\d{1,2})${clock})?)?${zone}$`, 'i');
const monthFirst = new RegExp(`^(\\d{1,2})[-/](\\d{1,2})[-/](\\d{4})${clock}${zone}$`, 'i');
const compact = /^(\d{4})(\d{2})(\d{2})$/;
// Mon, 20 Nov 2026 16:00:00 GMT; 20 Nov 2026; November 20, 2026
const dayMonthName = new RegExp(
  `^(?:[A-Za-z]{3,9},?\\s+)?(\\d{1,2})[\\s-]([A-Za-z]{3,9})[\\s-](\\d{4})${clock}${zone}$`,
  'i',
);
const monthNameDay = new RegExp(
  `^(?:[A-Za-z]{3,9},\\s+)?([A-Za-z]{3,9})\\s+(\\d{1,2}),?\\s+(\\d{4})${clock}${zone}$`,
  'i',
);

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const monthOf = (name: string): string => String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1);

type Part = string | undefined;

const offsetMinutes = (zone: Part): number => {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
};

const hourOf = (hour: number, half: Part): number | null => {
  if (half === undefined) return hour < 24 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
};

const build = (date: readonly Part[], time: readonly Part[], zone: Part): Ticks | null => {
  const [year = 0, month = 1, day = 1] = date.map((part) => (part === undefined ? undefined : Number(part)));
  const [hours = '0', minutes = '0', seconds = '0', fraction = '', half] = time;
  const hour = hourOf(Number(hours), half);
  if (year < 1 || hour === null || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const moment = new Date(0);
  // Date.UTC would take the years 1 to 99 for 1901 to 1999.
  moment.setUTCFullYear(year, month - 1, day);
  if (moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== day) return null;
  moment.setUTCHours(hour, Number(minutes), Number(seconds));
  const ticks =
    unixEpochTicks +
    BigInt(moment.getTime()) * ticksPerMilli +
    BigInt(fraction.padEnd(7, '0')) -
    BigInt(offsetMinutes(zone)) * ticksPerMinute;
  return ticks < 0n || ticks > maxDatetimeTicks ? null : ticks;
};

/** A datetime as text or as a literal's content; ISO 8601 and what .NET's invariant culture takes. Null when it is none. */
export const parseDatetime = (text: string): Ticks | null => {
  const trimmed = text.trim();
  const iso = yearFirst.exec(trimmed);
  if (iso !== null) return build(iso.slice(1, 4), iso.slice(4, 9), iso[9]);
  const us = monthFirst.exec(trimmed);
  if (us !== null) return build([us[3], us[1], us[2]], us.slice(4, 9), us[9]);
  const listed = /^(\d{4})\s*,\s*(\d{1,2})(?:\s*,\s*(\d{1,2}))?$/.exec(trimmed);
  if (listed !== null) return build(listed.slice(1, 4), [], undefined);
  const digits = compact.exec(trimmed);
  if (digits !== null) return build(digits.slice(1, 4), [], undefined);
  const rfc = dayMonthName.exec(trimmed);
  if (rfc !== null) return build([rfc[3], monthOf(rfc[2] ?? ''), rfc[1]], rfc.slice(4, 9), rfc[9]);
  const named = monthNameDay.exec(trimmed);
  if (named !== null) return build([named[3], monthOf(named[1] ?? ''), named[2]], named.slice(4, 9), named[9]);
  return null;
};
