import {
  addMonths,
  addTicks,
  calendarDay,
  dayOfWeek,
  dayOfYear,
  endOf,
  isoWeek,
  startOf,
  ticksOfDay,
  timeOfDay,
  type Period,
} from '../../values/calendar.ts';
import { formatDatetime, formatTimespan } from '../../values/format-time.ts';
import {
  maxDatetimeTicks,
  ticksPerDay,
  ticksPerHour,
  ticksPerMicro,
  ticksPerMilli,
  ticksPerMinute,
  ticksPerSecond,
  unixEpochTicks,
  type Ticks,
} from '../../values/ticks.ts';
import { localToUtc, utcToLocal } from '../../values/time-zone.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

const unitTicks: Readonly<Record<string, bigint>> = {
  week: 7n * ticksPerDay,
  day: ticksPerDay,
  hour: ticksPerHour,
  minute: ticksPerMinute,
  second: ticksPerSecond,
  millisecond: ticksPerMilli,
  microsecond: ticksPerMicro,
};

const unitMonths: Readonly<Record<string, bigint>> = { year: 12n, quarter: 3n, month: 1n };

const unitName = (unit: string): string => unit.toLowerCase();

const datetimeAdd = (unit: string, amount: bigint, ticks: Ticks): Ticks | null => {
  const name = unitName(unit);
  const months = unitMonths[name];
  if (months !== undefined) return addMonths(ticks, amount * months);
  if (name === 'nanosecond') return addTicks(ticks, amount / 100n);
  const size = unitTicks[name];
  return size === undefined ? null : addTicks(ticks, amount * size);
};

const period = (of: typeof startOf, name: Period): RowSpec => ({
  params: ['datetime', 'long'],
  required: 1,
  result: 'datetime',
  compute: (ticks: Ticks, offset: bigint | null) => of(name, ticks, offset ?? 0n),
});

const part = (compute: (ticks: Ticks) => number | bigint): RowSpec => ({
  params: ['datetime'],
  result: 'long',
  compute: (ticks: Ticks) => BigInt(compute(ticks)),
});

const within =
  (unit: bigint, count: bigint) =>
  (ticks: Ticks): bigint =>
    (timeOfDay(ticks) / unit) % count;

const parts: Readonly<Record<string, (ticks: Ticks) => number | bigint>> = {
  year: (ticks) => calendarDay(ticks).year,
  quarter: (ticks) => Math.floor((calendarDay(ticks).month - 1) / 3) + 1,
  month: (ticks) => calendarDay(ticks).month,
  week_of_year: isoWeek,
  day: (ticks) => calendarDay(ticks).day,
  dayofyear: dayOfYear,
  hour: within(ticksPerHour, 24n),
  minute: within(ticksPerMinute, 60n),
  second: within(ticksPerSecond, 60n),
  millisecond: within(ticksPerMilli, 1000n),
  microsecond: within(ticksPerMicro, 1_000_000n),
  nanosecond: (ticks) => (timeOfDay(ticks) % ticksPerSecond) * 100n,
};

/** Seconds may have a fraction; to the tick. */
const secondTicks = (seconds: number): Ticks => BigInt(Math.round(seconds * 10_000_000));

const makeDatetime = (
  year: bigint,
  month: bigint,
  day: bigint,
  hour: bigint | null,
  minute: bigint | null,
  second: number | null,
): Ticks | null => {
  const date = ticksOfDay({ year: Number(year), month: Number(month), day: Number(day) });
  if (date === null || calendarDay(date).day !== Number(day) || calendarDay(date).month !== Number(month)) return null;
  if ((hour ?? 0n) > 23n || (minute ?? 0n) > 59n || (second ?? 0) >= 60) return null;
  return date + (hour ?? 0n) * ticksPerHour + (minute ?? 0n) * ticksPerMinute + secondTicks(second ?? 0);
};

const makeTimespan = (numbers: readonly (bigint | number)[]): Ticks | null => {
  const all = numbers.map(Number);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = all.length === 4 ? all : [0, ...all];
  if (hours > 23 || minutes > 59 || seconds >= 60) return null;
  return (
    BigInt(days) * ticksPerDay + BigInt(hours) * ticksPerHour + BigInt(minutes) * ticksPerMinute + secondTicks(seconds)
  );
};

const fromUnix = (toTicks: (value: number) => bigint): RowSpec => ({
  params: ['real'],
  result: 'datetime',
  compute: (value: number) => {
    if (!Number.isFinite(value)) return null;
    const ticks = unixEpochTicks + toTicks(value);
    return ticks < 0n || ticks > maxDatetimeTicks ? null : ticks;
  },
});

/** 9999-12-31T23:59:59.9999999. */
const lastTick = 3_155_378_975_999_999_999n;

const datetimePart: RowSpec = {
  params: ['string', 'datetime'],
  result: 'long',
  compute: (unit: string, ticks: Ticks) => {
    const compute = parts[unitName(unit)];
    return compute === undefined ? null : BigInt(compute(ticks));
  },
};

export const datetimeRowFunctions = rowTable({
  datetime_add: { params: ['string', 'long', 'datetime'], result: 'datetime', compute: datetimeAdd },
  datetime_part: datetimePart,
  datepart: datetimePart,
  datetime_local_to_utc: { params: ['datetime', 'string'], result: 'datetime', compute: localToUtc },
  datetime_utc_to_local: { params: ['datetime', 'string'], result: 'datetime', compute: utcToLocal },
  datetime_list_timezones: { params: [], result: 'dynamic', compute: () => Intl.supportedValuesOf('timeZone') },
  startofday: period(startOf, 'day'),
  startofweek: period(startOf, 'week'),
  startofmonth: period(startOf, 'month'),
  startofyear: period(startOf, 'year'),
  endofday: period(endOf, 'day'),
  endofweek: period(endOf, 'week'),
  endofmonth: period(endOf, 'month'),
  endofyear: period(endOf, 'year'),
  getyear: part((ticks) => calendarDay(ticks).year),
  getmonth: part((ticks) => calendarDay(ticks).month),
  monthofyear: part((ticks) => calendarDay(ticks).month),
  dayofmonth: part((ticks) => calendarDay(ticks).day),
  dayofyear: part(dayOfYear),
  week_of_year: part(isoWeek),
  weekofyear: part(isoWeek),
  hourofday: part(within(ticksPerHour, 24n)),
  dayofweek: {
    params: ['datetime'],
    result: 'timespan',
    // The last week does not end within the calendar, and the service counts from its end.
    compute: (ticks: Ticks) =>
      ticks - (ticks % ticksPerDay) + BigInt(7 - dayOfWeek(ticks)) * ticksPerDay > lastTick
        ? null
        : BigInt(dayOfWeek(ticks)) * ticksPerDay,
  },
  make_datetime: {
    params: ['long', 'long', 'long', 'long', 'long', 'real'],
    required: 3,
    result: 'datetime',
    compute: makeDatetime,
  },
  make_timespan: { params: ['dynamic'], variadic: true, result: 'timespan', compute: makeTimespan },
  format_datetime: { params: ['datetime', 'string'], result: 'string', compute: formatDatetime },
  format_timespan: { params: ['timespan', 'string'], result: 'string', compute: formatTimespan },
  unixtime_seconds_todatetime: fromUnix((value) => BigInt(Math.round(value * 10_000_000))),
  unixtime_milliseconds_todatetime: fromUnix((value) => BigInt(Math.round(value * 10_000))),
  unixtime_microseconds_todatetime: fromUnix((value) => BigInt(Math.round(value * 10))),
  unixtime_nanoseconds_todatetime: fromUnix((value) => BigInt(Math.round(value / 100))),
});
