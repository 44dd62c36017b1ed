import {
  ticksPerDay,
  ticksPerHour,
  ticksPerMicro,
  ticksPerMilli,
  ticksPerMinute,
  ticksPerSecond,
  type Ticks,
} from './ticks.ts';

const units: Readonly<Record<string, bigint>> = {
  d: ticksPerDay,
  day: ticksPerDay,
  days: ticksPerDay,
  h: ticksPerHour,
  hr: ticksPerHour,
  hrs: ticksPerHour,
  hour: ticksPerHour,
  hours: ticksPerHour,
  m: ticksPerMinute,
  min: ticksPerMinute,
  minute: ticksPerMinute,
  minutes: ticksPerMinute,
  s: ticksPerSecond,
  sec: ticksPerSecond,
  second: ticksPerSecond,
  seconds: ticksPerSecond,
  ms: ticksPerMilli,
  milli: ticksPerMilli,
  millis: ticksPerMilli,
  millisec: ticksPerMilli,
  millisecond: ticksPerMilli,
  milliseconds: ticksPerMilli,
  micro: ticksPerMicro,
  micros: ticksPerMicro,
  microsec: ticksPerMicro,
  microsecond: ticksPerMicro,
  microseconds: ticksPerMicro,
  nano: 0n,
  nanos: 0n,
  nanosec: 0n,
  nanosecond: 0n,
  nanoseconds: 0n,
  tick: 1n,
  ticks: 1n,
};

const withUnit = /^(-?)(\d+)(?:\.(\d*))?\s*([a-z]+)$/i;
// [days.]hours:minutes[:seconds[.fraction]]
const clock = /^(-?)(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7})\d*)?)?$/;
const clockWithDays = /^(-?)(\d+):(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,7})\d*)?$/;
const plainDays = /^-?\d+$/;

const signed = (sign: string | undefined, ticks: Ticks): Ticks => (sign === '-' ? -ticks : ticks);

/** `1.5` of a unit, exact: the fraction is scaled as an integer. */
const scaled = (whole: string, fraction: string, unit: bigint): Ticks => {
  const scale = 10n ** BigInt(fraction.length);
  return (BigInt(whole + fraction) * unit) / scale;
};

/** A timespan as text or as a literal's content: `1.02:03:04.5`, `00:05`, `1d`, `1.5h`, `90s`, `3` (days). Null when it is none. */
export const parseTimespan = (text: string): Ticks | null => {
  const trimmed = text.trim();
  const unitMatch = withUnit.exec(trimmed);
  if (unitMatch !== null) {
    const [, sign, whole = '', fraction = '', name = ''] = unitMatch;
    const unit = units[name.toLowerCase()];
    return unit === undefined ? null : signed(sign, scaled(whole, fraction, unit));
  }
  if (plainDays.test(trimmed)) return BigInt(trimmed) * ticksPerDay;
  const match = clock.exec(trimmed) ?? clockWithDays.exec(trimmed);
  if (match === null) return null;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return signed(
    sign,
    BigInt(days) * ticksPerDay +
      BigInt(hours) * ticksPerHour +
      BigInt(minutes) * ticksPerMinute +
      BigInt(seconds) * ticksPerSecond +
      BigInt(fraction.padEnd(7, '0')),
  );
};
