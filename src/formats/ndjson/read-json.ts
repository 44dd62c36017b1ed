import type { LogEvent } from '../../model/log-event.ts';
import type { ReadContext } from '../log/read-context.ts';
import { toUtf8 } from '../log/utf8.ts';
import { parseJson } from './parse-json.ts';
import { splitValues } from './split-values.ts';
import { toEvent } from './to-event.ts';
import { unwrap } from './unwrap.ts';

const batchSize = 1000;

/** The events of a JSON file: a list, a wrapper around one, or objects over several lines. */
export async function* readJson(
  file: AsyncIterable<Buffer>,
  { file: name, sourceOf, losses }: ReadContext,
): AsyncGenerator<readonly LogEvent[]> {
  let events: LogEvent[] = [];
  let record = 0;
  for await (const { text, isWhole } of splitValues(toUtf8(file))) {
    const parsed = isWhole ? parseJson(text) : ({ ok: false, reason: 'it does not end' } as const);
    if (!parsed.ok) losses.add(isWhole ? 'unparsed' : 'truncated', `JSON object: ${parsed.reason}`, text);
    else
      for (const object of unwrap(parsed.value) ?? [])
        events.push(toEvent(object, { file: name, record: ++record }, sourceOf));
    if (events.length >= batchSize) {
      yield events;
      events = [];
    }
  }
  if (events.length > 0) yield events;
}
