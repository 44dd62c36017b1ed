const pad = (number: number, width = 2): string => String(number).padStart(width, '0');

/** `2026-11-20T19:30:00`, local, or with `Z` or an offset → milliseconds since the epoch; null for anything else. */
export const parseLocalTime = (text: string): number | null => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.test(text)) return null;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? null : milliseconds;
};

/** Milliseconds since the epoch → local time without fractions, as tasks have it. */
export const renderLocalTime = (milliseconds: number): string => {
  const date = new Date(milliseconds);
  const day = `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
};
