import type { Micros } from '../../../model/event.ts';

const units: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};

/** `90m`, `1h`, `30s`, `1d`; also pySigma's weeks, months (30 days, `M`) and years. Null when it is something else. */
export const parseTimespan = (text: string): Micros | null => {
  const match = /^\s*(\d+)\s*([smhdwMy])\s*$/.exec(text);
  const seconds = Number(match?.[1]) * (units[match?.[2] ?? ''] ?? NaN);
  return Number.isSafeInteger(seconds * 1e6) && seconds > 0 ? seconds * 1e6 : null;
};
