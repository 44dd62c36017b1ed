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
  return `${new Date(second * 1000).toISOString().slice(0, -5)}.${String(fraction).padStart(7, '0')}Z`;
};

const two = (value: number): string => String(value).padStart(2, '0');

/** SYSTEMTIME: eight u16, of which the third is the weekday. */
export const systemTimeText = (bytes: Buffer, at: number): string => {
  const part = (index: number): number => bytes.readUInt16LE(at + index * 2);
  const date = `${String(part(0)).padStart(4, '0')}-${two(part(1))}-${two(part(3))}`;
  return `${date}T${two(part(4))}:${two(part(5))}:${two(part(6))}.${String(part(7)).padStart(3, '0')}Z`;
};
