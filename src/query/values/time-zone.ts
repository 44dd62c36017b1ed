import { splitDatetime, ticksPerMilli, type Ticks } from './ticks.ts';

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** The calendar of a zone by its IANA name; null for what is none. */
const formatOf = (zone: string): Intl.DateTimeFormat | null => {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat | null;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    format = null;
  }
  formats.set(zone, format);
  return format;
};

/** Milliseconds by which a zone's clocks are ahead of UTC at a moment. */
const offsetAt = (format: Intl.DateTimeFormat, millis: number): number => {
  const parts = new Map(format.formatToParts(millis).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
  const local = new Date(0);
  local.setUTCFullYear(year, part('month') - 1, part('day'));
  local.setUTCHours(part('hour'), part('minute'), part('second'));
  return local.getTime() - Math.floor(millis / 1000) * 1000;
};

const shifted = (ticks: Ticks, millis: number): Ticks => ticks + BigInt(millis) * ticksPerMilli;

/** What clocks of a zone show at a moment of UTC; null where there is no such zone. */
export const utcToLocal = (ticks: Ticks, zone: string): Ticks | null => {
  const format = formatOf(zone);
  return format === null ? null : shifted(ticks, offsetAt(format, splitDatetime(ticks).millis));
};

/**
 * The moment of UTC at which clocks of a zone show this: what they show twice, the second time; what they leave out, as if they had
 * been put forward before.
 */
export const localToUtc = (ticks: Ticks, zone: string): Ticks | null => {
  const format = formatOf(zone);
  if (format === null) return null;
  const { millis } = splitDatetime(ticks);
  const first = offsetAt(format, millis - offsetAt(format, millis));
  const second = offsetAt(format, millis - first);
  return shifted(ticks, -Math.max(first, second));
};
