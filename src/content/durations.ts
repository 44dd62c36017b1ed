const unitSeconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

const short = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;
// Azure Resource Manager's form of the same thing.
const iso = /^P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Both forms, for readers of our JSON Schemas. */
export const durationPattern = `${short.source}|${iso.source}`;

/** Seconds of `500ms`, `1.5s`, `5m`, `1h`, `14d` or ISO 8601's `PT1H`; null when it is no duration. */
export const parseDuration = (text: string): number | null => {
  const [, amount, unit] = short.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) return Number(amount) * (unitSeconds[unit] ?? NaN);
  const match = text === 'P' ? null : iso.exec(text);
  if (match === null) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
};

export const durationHint = 'write a number and a unit: 500ms, 5s, 1.5s, 2m, 1h, 14d';
