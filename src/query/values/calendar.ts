import {
  divideDown,
  maxDatetimeTicks,
  splitDatetime,
  ticksPerDay,
  ticksPerMilli,
  unixEpochTicks,
  type Ticks,
} from './ticks.ts';

export interface CalendarDay {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

const inRange = (ticks: Ticks): Ticks | null => (ticks < 0n || ticks > maxDatetimeTicks ? null : ticks);

const dateOf = (ticks: Ticks): Date => new Date(splitDatetime(ticks).millis);

export const calendarDay = (ticks: Ticks): CalendarDay => {
  const date = dateOf(ticks);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

/** Midnight of a day; months and days beyond their range carry over. Null outside the years 1 to 9999. */
export const ticksOfDay = ({ year, month, day }: CalendarDay): Ticks | null => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return inRange(unixEpochTicks + BigInt(date.getTime()) * ticksPerMilli);
};

export const timeOfDay = (ticks: Ticks): Ticks => divideDown(ticks, ticksPerDay)[1];

const daysInMonth = (year: number, month: number): number => {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
};

/** So many months later at the same time; a day that the month lacks becomes its last. */
export const addMonths = (ticks: Ticks, months: bigint): Ticks | null => {
  const { year, month, day } = calendarDay(ticks);
  const [years, index] = divideDown(BigInt(month - 1) + months, 12n);
  const target = { year: year + Number(years), month: Number(index) + 1 };
  if (target.year < 1 || target.year > 9999) return null;
  const date = ticksOfDay({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) });
  return date === null ? null : date + timeOfDay(ticks);
};

export const addTicks = (ticks: Ticks, more: Ticks): Ticks | null => inRange(ticks + more);

/** 0 is Sunday. */
export const dayOfWeek = (ticks: Ticks): number => dateOf(ticks).getUTCDay();

export const dayOfYear = (ticks: Ticks): number => {
  const start = ticksOfDay({ year: calendarDay(ticks).year, month: 1, day: 1 }) ?? 0n;
  return Number((ticks - start) / ticksPerDay) + 1;
};

/** ISO 8601: weeks begin on Monday, the first has the year's first Thursday. */
export const isoWeek = (ticks: Ticks): number => {
  const weekday = BigInt((dayOfWeek(ticks) + 6) % 7);
  return Math.floor((dayOfYear(ticks - (weekday - 3n) * ticksPerDay) - 1) / 7) + 1;
};

export type Period = 'day' | 'week' | 'month' | 'year';

/** The beginning of the period that a moment lies in, moved by so many periods. */
export const startOf = (period: Period, ticks: Ticks, offset: bigint): Ticks | null => {
  const midnight = ticks - timeOfDay(ticks);
  const { year, month } = calendarDay(ticks);
  switch (period) {
    case 'day':
      return inRange(midnight + offset * ticksPerDay);
    case 'week':
      return inRange(midnight - BigInt(dayOfWeek(ticks)) * ticksPerDay + offset * 7n * ticksPerDay);
    case 'month': {
      const first = ticksOfDay({ year, month, day: 1 });
      return first === null ? null : addMonths(first, offset);
    }
    case 'year':
      return ticksOfDay({ year: year + Number(offset), month: 1, day: 1 });
  }
};

/** The last tick of the period. */
export const endOf = (period: Period, ticks: Ticks, offset: bigint): Ticks | null => {
  const next = startOf(period, ticks, offset + 1n);
  // The last period of all has no next.
  if (next === null) return startOf(period, ticks, offset) === null ? null : maxDatetimeTicks;
  return next - 1n;
};
