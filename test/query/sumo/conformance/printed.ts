import type { Cell } from '../../../../src/query/engine.ts';

type Fields = Readonly<Record<string, string>>;

const cells = (line: string): readonly string[] => line.trim().split(/\s{2,}/);

const fromTable = (lines: readonly string[]): readonly Fields[] => {
  const rule = lines.findIndex((line) => /^-+$/.test(line));
  const names = cells(lines[rule - 1] ?? '');
  return lines.slice(rule + 1).map((line) => {
    const values = cells(line);
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
  });
};

/** `[a=1]    [b=2]`. */
const fromRecord = (line: string): Fields => {
  const pattern = line.startsWith('[') ? /\[(\w[\w.]*)=(.*?)\](?=\s{2,}\[|\s*$)/g : /(\w+)=(\S*)/g;
  return Object.fromEntries([...line.matchAll(pattern)].map(([, name = '', value = '']) => [name, value]));
};

/** What the other tool prints, as rows: a table, a record a line, or JSON. */
export const printedRows = (text: string): readonly Fields[] => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.some((line) => /^-+$/.test(line))) return fromTable(lines);
  if (lines[0]?.startsWith('[{') === true) return JSON.parse(text) as readonly Fields[];
  return lines.map((line) => (line.startsWith('{') ? (JSON.parse(line) as Fields) : fromRecord(line)));
};

/** It prints two digits behind the point, and `None` for null. */
export const samePrinted = (got: Cell | undefined, printed: unknown): boolean => {
  const text = shownText(printed);
  if (got === null || got === undefined || got === '') return ['None', '', 'null'].includes(text);
  return shownText(got) === text || (text !== '' && Math.abs(Number(got) - Number(text)) < 0.0051);
};

const shownText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'bigint' ? value.toString() : JSON.stringify(value ?? null);
