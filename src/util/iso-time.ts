/** ISO 8601 UTC with microseconds, from microseconds since the epoch: `2026-11-20T16:00:00.000000Z`. */
export const isoMicros = (micros: number): string => {
  const milliseconds = Math.floor(micros / 1000);
  const rest = String(micros - milliseconds * 1000).padStart(3, '0');
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`;
};

/** The opposite of `isoMicros`; fractions of up to six digits are kept. */
export const microsOf = (iso: string): number => {
  const fraction = /\.(\d+)/.exec(iso)?.[1] ?? '';
  const seconds = Date.parse(iso.replace(/\.\d+/, '')) / 1000;
  return seconds * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
};
