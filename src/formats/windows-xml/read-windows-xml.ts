import type { LogEvent } from '../../model/log-event.ts';
import type { ReadContext } from '../log/read-context.ts';
import { toUtf8 } from '../log/utf8.ts';
import { parseEvent } from './parse-event.ts';

const opening = /<(?:\w+:)?Event[\s>]/g;
const closing = /<\/(?:\w+:)?Event\s*>/g;

/** A tag may be cut anywhere between two parts of the file. */
const longestTag = 64;

/** No event comes near this. */
const longestEvent = 16 << 20;

/**
 * The events of an export, in a list or one after the other, as wevtutil, Get-WinEvent (`ToXml`) and the Event Viewer write them. One
 * that cannot be read does not take the next with it.
 */
export async function* readWindowsXml(
  file: AsyncIterable<Buffer>,
  { file: name, sourceOf, losses }: ReadContext,
): AsyncGenerator<readonly LogEvent[]> {
  const decoder = new TextDecoder();
  let text = '';
  let record = 0;
  const take = function* (isEnd: boolean): Generator<LogEvent> {
    let at = 0;
    // Where the first end after `at` is. Found once for all beginnings before it: a file of beginnings alone has a million.
    let end = find(closing, text, 0);
    for (;;) {
      const start = find(opening, text, at);
      if (start === null) {
        text = text.slice(Math.max(at, text.length - longestTag));
        return;
      }
      if (end !== null && end.at < start.end) end = find(closing, text, start.end);
      const next = find(opening, text, start.end);
      const isCut = end === null ? isEnd || text.length - start.at > longestEvent : next !== null && next.at < end.at;
      if (end === null && !isCut) {
        text = text.slice(start.at);
        return;
      }
      record++;
      at = isCut || end === null ? (next?.at ?? text.length) : end.end;
      const parsed = isCut
        ? ({ ok: false, reason: 'XML event: it does not end' } as const)
        : parseEvent(text.slice(start.at, at), { file: name, record }, sourceOf);
      if (parsed.ok) yield parsed.event;
      else losses.add('unparsed', parsed.reason, text.slice(start.at, start.at + 200));
    }
  };
  for await (const part of toUtf8(file)) {
    text += decoder.decode(part, { stream: true });
    const events = [...take(false)];
    if (events.length > 0) yield events;
  }
  const events = [...take(true)];
  if (events.length > 0) yield events;
}

const find = (pattern: RegExp, text: string, from: number): { readonly at: number; readonly end: number } | null => {
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  return match === null ? null : { at: match.index, end: match.index + match[0].length };
};
