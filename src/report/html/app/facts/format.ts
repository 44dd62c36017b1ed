const whole = new Intl.NumberFormat('en-US');
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

export const count = (value: number): string => whole.format(value);

/** At most five characters, for narrow columns: `12,345` is `12.3K`. */
export const shortCount = (value: number): string =>
  Math.abs(value) < 10_000 ? whole.format(value) : compact.format(value);

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** `2026-11-20 16:40:58 UTC`; what is no time is shown as it is. */
export const moment = (iso: string): string =>
  iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, '$1 $2 UTC');

/** ISO 8601 UTC, to the microsecond where it is given; NaN when it is no time. */
export const microsOf = (iso: string): number => {
  const fraction = /\.(\d{1,6})/.exec(iso)?.[1] ?? '';
  const seconds = Date.parse(iso.replace(/\.\d+/, ''));
  return seconds * 1000 + Number(fraction.padEnd(6, '0'));
};

/** `1.6 s`, `2 min 17 s`. */
export const duration = (micros: number): string => {
  if (!Number.isFinite(micros)) return 'unknown';
  const seconds = micros / 1e6;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const total = Math.round(seconds);
  return total < 3600
    ? `${Math.floor(total / 60)} min ${total % 60} s`
    : `${Math.floor(total / 3600)} h ${Math.floor((total % 3600) / 60)} min`;
};

export const between = (from: string, to: string): string => duration(microsOf(to) - microsOf(from));

/** `0:05`, `1:30`, `1:02:03`: whole seconds on an axis. */
export const clock = (micros: number): string => {
  const total = Math.round(micros / 1e6);
  const parts = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  return (parts[0] === 0 ? parts.slice(1) : parts)
    .map((part, index) => (index === 0 ? part : `${part}`.padStart(2, '0')))
    .join(':');
};
