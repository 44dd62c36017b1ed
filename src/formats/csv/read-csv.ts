import type { LogEvent } from '../../model/log-event.ts';
import type { ReadContext } from '../log/read-context.ts';
import { toUtf8 } from '../log/utf8.ts';
import { toEvent } from '../ndjson/to-event.ts';
import { createRowSplitter, type CsvRow } from './split-rows.ts';

/** The events of a table in text, whose first row names the columns. All values are text. */
export async function* readCsv(
  file: AsyncIterable<Buffer>,
  separator: string,
  { file: name, sourceOf, losses }: ReadContext,
): AsyncGenerator<readonly LogEvent[]> {
  const splitter = createRowSplitter(separator);
  const decoder = new TextDecoder();
  let columns: readonly string[] | null = null;
  const read = (rows: readonly CsvRow[]): readonly LogEvent[] => {
    const events: LogEvent[] = [];
    for (const row of rows) {
      if (row.cells.length === 1 && row.cells[0]?.trim() === '') continue;
      if (columns === null) columns = row.cells.map((cell) => cell.trim());
      else if (!row.isWhole) losses.add('truncated', 'row whose quotes do not end', row.cells.join(separator));
      else if (row.cells.length !== columns.length) {
        losses.add('unparsed', 'row with other columns than the first', row.cells.join(separator));
      } else events.push(toEvent(record(columns, row.cells), { file: name, record: row.line }, sourceOf));
    }
    return events;
  };
  for await (const part of toUtf8(file)) {
    const events = read(splitter.add(decoder.decode(part, { stream: true })));
    if (events.length > 0) yield events;
  }
  const events = read(splitter.end());
  if (events.length > 0) yield events;
}

const record = (columns: readonly string[], cells: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
