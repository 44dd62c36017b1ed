export const timeParts = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;

export type TimePart = (typeof timeParts)[number];

/**
 * A number of a date, read as it is written: no time zone is converted, as the specification says. Weeks are ISO 8601's. Null when
 * the text is no date (`2024-05-31`, then optionally `T` or a space, and a time).
 */
export const timePartOf = (text: string, part: TimePart): number | null => {
  const match =
    /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?\s*$/i.exec(
      text,
    );
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map((digits) => Number(digits ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return null;
  const values = { year, month, day, hour, minute };
  return part === 'week' ? isoWeek(year, month, day) : values[part];
};

const isoWeek = (year: number, month: number, day: number): number => {
  const date = new Date(Date.UTC(year, month - 1, day));
  // The week belongs to the year of its Thursday.
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  return Math.ceil(((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
};
