import type { Micros } from '../../model/event.ts';

/**
 * Datetimes and timespans are counts of 100 ns, as in the service: exact, and a timespan is a plain difference. A datetime counts from
 * 0001-01-01, which is also where `bin` begins. (DuckDB's own timestamps are microseconds; its intervals have months.)
 */
export type Ticks = bigint;

export const ticksPerMicro = 10n;
export const ticksPerMilli = 10_000n;
export const ticksPerSecond = 10_000_000n;
export const ticksPerMinute = 600_000_000n;
export const ticksPerHour = 36_000_000_000n;
export const ticksPerDay = 864_000_000_000n;

/** Ticks of 1970-01-01. */
export const unixEpochTicks = 621_355_968_000_000_000n;

/** Ticks of 9999-12-31T23:59:59.9999999, the last datetime there is. */
export const maxDatetimeTicks = 3_155_378_975_999_999_999n;

export const ticksOfMicros = (micros: Micros): Ticks => unixEpochTicks + BigInt(Math.round(micros)) * ticksPerMicro;

/** Quotient and remainder of a division that rounds down, so that the remainder is never negative. */
export const divideDown = (value: bigint, by: bigint): readonly [quotient: bigint, remainder: bigint] => {
  const remainder = ((value % by) + by) % by;
  return [(value - remainder) / by, remainder];
};

/** Milliseconds since 1970 (for `Date`) and the 100 ns that a `Date` cannot hold. */
export const splitDatetime = (ticks: Ticks): { readonly millis: number; readonly rest: number } => {
  const [millis, rest] = divideDown(ticks - unixEpochTicks, ticksPerMilli);
  return { millis: Number(millis), rest: Number(rest) };
};

const pad = (value: number | bigint, width: number): string => value.toString().padStart(width, '0');

/** `2026-11-20T16:00:00.0000000Z`. */
export const printDatetime = (ticks: Ticks): string => {
  if (ticks < 0n || ticks > maxDatetimeTicks) throw new Error(`no datetime has ${ticks} ticks`);
  const { millis, rest } = splitDatetime(ticks);
  return new Date(millis).toISOString().replace('Z', `${pad(rest, 4)}Z`);
};

/** `1.02:03:04.5000000`, `-00:00:01`: days and fraction only where there are any. */
export const printTimespan = (ticks: Ticks): string => {
  const size = ticks < 0n ? -ticks : ticks;
  const days = size / ticksPerDay;
  const clock = [(size / ticksPerHour) % 24n, (size / ticksPerMinute) % 60n, (size / ticksPerSecond) % 60n];
  const fraction = size % ticksPerSecond;
  return [
    ticks < 0n ? '-' : '',
    days > 0n ? `${days}.` : '',
    clock.map((part) => pad(part, 2)).join(':'),
    fraction > 0n ? `.${pad(fraction, 7)}` : '',
  ].join('');
};
