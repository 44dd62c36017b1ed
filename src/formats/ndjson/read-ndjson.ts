import type { LogEvent } from '../../model/log-event.ts';
import type { ReadContext } from '../log/read-context.ts';
import { readLines } from '../log/read-lines.ts';
import { parseJson } from './parse-json.ts';
import { toEvent } from './to-event.ts';
import { unwrap } from './unwrap.ts';

/** The events of a file with one JSON object per line. */
export async function* readNdjson(
  file: AsyncIterable<Buffer>,
  { file: name, sourceOf, losses }: ReadContext,
): AsyncGenerator<readonly LogEvent[]> {
  for await (const { first, texts } of readLines(file, losses)) {
    const events: LogEvent[] = [];
    let line = first - 1;
    for (const text of texts) {
      line++;
      if (text === '' || text.trim() === '') continue;
      const parsed = parseJson(text);
      const records = parsed.ok ? unwrap(parsed.value) : null;
      if (!parsed.ok) losses.add('unparsed', `line: ${parsed.reason}`, text);
      else if (records === null) losses.add('unparsed', 'line: JSON, but no object', text);
      else for (const record of records) events.push(toEvent(record, { file: name, record: line }, sourceOf));
    }
    if (events.length > 0) yield events;
  }
}
