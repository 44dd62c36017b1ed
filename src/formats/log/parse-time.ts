import type { Micros } from '../../model/event.ts';

const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/** Microseconds of an ISO 8601 time with any number of digits; without a zone it is UTC. Null for what is no time. */
export const parseIsoTime = (text: string): Micros | null => {
  const match = iso.exec(text);
  if (match === null) return null;
  const [, day = '', clock = '', fraction = '', zone = 'Z'] = match;
  const seconds = Date.parse(`${day}T${clock}${/^(Z|UTC)$/i.test(zone) ? 'Z' : zone}`) / 1000;
  return Number.isNaN(seconds) ? null : seconds * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
};

/** A count since 1970, in the unit that its size gives away: seconds, milliseconds, microseconds or nanoseconds. */
export const parseEpoch = (value: number): Micros | null => {
  if (!Number.isFinite(value) || value < 1e8) return null;
  if (value < 1e11) return Math.round(value * 1_000_000);
  if (value < 1e14) return Math.round(value * 1000);
  return value < 1e17 ? Math.round(value) : Math.round(value / 1000);
};
