import type { Micros } from '../../model/event.ts';

// FILETIME counts 100 ns since 1601 as u64; numbers stay exact when the epoch is taken off before the halves are put together.
const epochHigh = 27_111_902;
const epochLow = 3_577_643_008;
const high10 = 429_496_729;

/** Exact from 1684 to 2255; tenths of microseconds that are left over are dropped. */
export const microsOfFileTime = (bytes: Buffer, at: number): Micros => {
  const high = bytes.readUInt32LE(at + 4) - epochHigh;
  return high * high10 + Math.floor((high * 6 + bytes.readUInt32LE(at) - epochLow) / 10);
};

const tenthsOfFileTime = (bytes: Buffer, at: number): number => {
  const high = bytes.readUInt32LE(at + 4) - epochHigh;
  const rest = (high * 6 + bytes.readUInt32LE(at) - epochLow) % 10;
  return rest < 0 ? rest + 10 : rest;
};

/** As Windows writes times: `2019-03-19T23:34:25.8943413Z`. */
export const fileTimeText = (bytes: Buffer, at: number): string => {
  const micros = microsOfFileTime(bytes, at);
  const second = Math.floor(micros / 1_000_000);
  const fraction = (micros - second * 1_000_000) * 10 + tenthsOfFileTime(bytes, at);
  const day = Math.floor(second / 86_400);
  const rest = second - day * 86_400;
  const minute = Math.floor(rest / 60);
  const clock = `${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(rest % 60)}`;
  return `${dayText(day)}T${clock}.${String(10_000_000 + fraction).slice(1)}Z`;
};

/**
 * The date of a day since 1970, in a calendar whose years begin in March, so that leap days come last; a tenth of what Date takes.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
const dayText = (day: number): string => {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1)}`;
};

const twoDigits = Array.from({ length: 100 }, (_, index) => String(index).padStart(2, '0'));

const two = (value: number): string => twoDigits[value] ?? String(value);

/** SYSTEMTIME: eight u16, of which the third is the weekday. */
export const systemTimeText = (bytes: Buffer, at: number): string => {
  const part = (index: number): number => bytes.readUInt16LE(at + index * 2);
  const date = `${String(part(0)).padStart(4, '0')}-${two(part(1))}-${two(part(3))}`;
  return `${date}T${two(part(4))}:${two(part(5))}:${two(part(6))}.${String(part(7)).padStart(3, '0')}Z`;
};
