import { isArray, isBag, parseDynamic, type Dynamic } from '../../query/values/dynamic.ts';
import { parseRecord } from './parse-record.ts';
import type { RowLosses } from './row-losses.ts';
import type { Row } from './row.ts';
import { textLines } from './text-lines.ts';
import { textParts } from './text-parts.ts';

/**
 * Objects one a line, or one document: a list of objects, or an object, also over several lines. What it is shows in the text
 * itself, since both are called `.json`.
 */
export async function* readJsonRows(path: string, losses: RowLosses): AsyncGenerator<readonly Row[]> {
  const whole = await readsAsLines(path);
  if (!whole) {
    yield toRows(parseDynamic(await wholeText(path)), losses);
    return;
  }
  let line = 0;
  for await (const lines of textLines(textParts(path))) {
    const rows: Row[] = [];
    for (const text of lines) {
      line++;
      if (text.trim() === '') continue;
      const value = parseRecord(text);
      if (value === undefined) losses.add('not JSON', line);
      else if (!isBag(value)) losses.add('no object', line);
      else rows.push(value);
    }
    yield rows;
  }
}

/** Whether the first line that says anything is a whole object. */
const readsAsLines = async (path: string): Promise<boolean> => {
  for await (const lines of textLines(textParts(path))) {
    const first = lines.find((line) => line.trim() !== '');
    if (first === undefined) continue;
    const start = first.trimStart();
    return start.startsWith('{') && start.trimEnd() !== '{' && parseRecord(first) !== undefined
      ? true
      : !/^[[{]/.test(start);
  }
  return true;
};

const wholeText = async (path: string): Promise<string> => {
  const parts: string[] = [];
  for await (const part of textParts(path)) parts.push(part);
  return parts.join('');
};

const toRows = (value: Dynamic | undefined, losses: RowLosses): readonly Row[] => {
  if (value === undefined) {
    losses.add('not JSON', 1);
    return [];
  }
  const records = isArray(value) ? value : [value];
  return records.flatMap((record, index) => {
    if (isBag(record)) return [record];
    losses.add('no object', index + 1);
    return [];
  });
};
