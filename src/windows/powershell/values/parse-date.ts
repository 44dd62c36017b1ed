import { DateTime } from './value.ts';

const forms: readonly { readonly pattern: RegExp; readonly order: readonly [number, number, number] }[] = [
  {
    pattern: /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z)?)?$/i,
    order: [1, 2, 3],
  },
  { pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z)?)?$/i, order: [3, 1, 2] },
];

/** Reads ISO 8601 and en-US dates; null for any other text. */
export const parseDate = (text: string): DateTime | null => {
  for (const { pattern, order } of forms) {
    const match = pattern.exec(text.trim());
    if (match === null) continue;
    const number = (group: number): number => Number(match[group] ?? 0);
    const [year, month, day] = order.map(number) as [number, number, number];
    const fields = [
      year,
      month - 1,
      day,
      number(4),
      number(5),
      number(6),
      Math.floor(Number(`0.${match[7] ?? 0}`) * 1000),
    ] as const;
    return match[8] === undefined
      ? new DateTime(new Date(...fields).getTime())
      : new DateTime(Date.UTC(...fields), 'utc');
  }
  return null;
};
