import type { Place } from '../../../../model/place.ts';

/** A place's range of columns on one line, as offsets; a bare point covers the word that begins there. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const wordAt = (text: string, start: number): number =>
  start + Math.max(/^[\p{L}\p{N}_]+/u.exec(text.slice(start))?.[0].length ?? 0, 1);

const indentOf = (text: string): number => text.length - text.trimStart().length;

/** The part of `place` that stands on line `line` of its file, whose text is `text`; null when none does. */
export const spanOnLine = (place: Place, line: number, text: string): Span | null => {
  const endLine = place.endLine ?? place.line;
  if (line < place.line || line > endLine) return null;
  const start = line === place.line ? place.column - 1 : indentOf(text);
  const end = line < endLine ? text.length : (place.endColumn ?? wordAt(text, start) + 1) - 1;
  const clipped = { start: Math.min(start, text.length), end: Math.min(Math.max(end, start), text.length) };
  // A range that ends before the line's first word has nothing to show on it.
  return clipped.end > clipped.start || line === place.line ? clipped : null;
};
