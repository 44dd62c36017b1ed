type Field =
  'year' | 'month' | 'day' | 'hour' | 'hour12' | 'minute' | 'second' | 'fraction' | 'half' | 'zone' | 'ignored';

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const letterFields: Readonly<Record<string, Field>> = {
  y: 'year',
  Y: 'year',
  u: 'year',
  M: 'month',
  L: 'month',
  d: 'day',
  H: 'hour',
  k: 'hour',
  h: 'hour12',
  K: 'hour12',
  m: 'minute',
  s: 'second',
  S: 'fraction',
  a: 'half',
  Z: 'zone',
  X: 'zone',
  z: 'zone',
  E: 'ignored',
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Digits side by side are as many as letters; else a number may be shorter or longer. */
const expressionFor = (letter: string, width: number, adjacent: boolean): string => {
  const field = letterFields[letter];
  if (field === 'half') return '([AaPp][Mm])';
  if (field === 'zone') return '(Z|[+-]\\d{2}:?\\d{0,2}|[A-Za-z]+(?:/[A-Za-z_]+)*)';
  if (field === 'ignored' || (field === 'month' && width >= 3)) return '([A-Za-z]+)';
  return adjacent ? `(\\d{${width}})` : '(\\d+)';
};

interface Compiled {
  readonly expression: RegExp;
  readonly fields: readonly Field[];
}

const compile = (pattern: string): Compiled | null => {
  const tokens = [...pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']/g)];
  const fields: Field[] = [];
  let source = '^\\s*';
  for (const [index, [run, quoted, letter]] of tokens.entries()) {
    if (letter === undefined) {
      source += escaped(quoted === undefined ? run : quoted === '' ? "'" : quoted.replaceAll("''", "'"));
      continue;
    }
    const field = letterFields[letter];
    if (field === undefined) return null;
    fields.push(field);
    source += expressionFor(letter, run.length, tokens[index + 1]?.[2] !== undefined);
  }
  return { expression: new RegExp(source), fields };
};

const twoDigits = (year: number, text: string): number => (text.length <= 2 ? (year > 50 ? 1900 : 2000) + year : year);

/** Minutes ahead of UTC: `+05:30`, `-0800`, `Z`; null for the name of a zone. */
const offsetOf = (text: string): number | null => {
  if (/^(?:Z|UTC|GMT)$/i.test(text)) return 0;
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (match === null) return null;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0));
};

/** A moment written as a clock in a zone shows it. */
export interface WrittenDate {
  /** As if the zone were UTC, in milliseconds. */
  readonly local: number;
  /** Minutes ahead of UTC, or a zone's name; null where the text names none. */
  readonly zone: number | string | null;
}

/** Reads the beginning of a text by a pattern of Java's SimpleDateFormat; null where it does not fit. */
export const readDate = (text: string, pattern: string): WrittenDate | null => {
  const compiled = compile(pattern);
  const match = compiled === null ? null : compiled.expression.exec(text);
  if (compiled === null || match === null) return null;
  const at = new Map<Field, number>([
    ['year', 1970],
    ['month', 1],
    ['day', 1],
  ]);
  let zone: number | string | null = null;
  compiled.fields.forEach((field, index) => {
    const part = match[index + 1] ?? '';
    if (field === 'zone') zone = offsetOf(part) ?? part;
    else if (field === 'half') at.set(field, part.toLowerCase() === 'pm' ? 12 : 0);
    else if (field === 'month' && /[a-z]/i.test(part))
      at.set(field, monthNames.indexOf(part.slice(0, 3).toLowerCase()) + 1);
    else if (field === 'year') at.set(field, twoDigits(Number(part), part));
    else if (field !== 'ignored') at.set(field, Number(part));
  });
  const value = (field: Field): number => at.get(field) ?? 0;
  const hour = at.has('hour12') ? (value('hour12') % 12) + value('half') : value('hour');
  if (value('month') === 0) return null;
  const local = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    hour,
    value('minute'),
    value('second'),
    value('fraction'),
  );
  return { local, zone };
};
