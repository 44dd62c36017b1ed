import type { Place } from '../../model/place.ts';
import { displayText, displayWidth } from './display-text.ts';

/** The source line of a problem and the marks under it, both safe to print. */
export interface CodeFrame {
  readonly source: string;
  readonly carets: string;
}

// A longer line is cut around the place: it may be a whole script.
const widest = 120;
const leadIn = 40;

/** The line at `place`, with carets from its column to the end of its range, or of the line. */
export const createCodeFrame = (excerpt: string, place: Place): CodeFrame => {
  const start = Math.min(place.column - 1, excerpt.length);
  const end = Math.max(start + 1, place.endLine === place.line ? (place.endColumn ?? 0) - 1 : endOf(excerpt, place));
  const from = excerpt.length > widest && start > leadIn ? start - leadIn : 0;
  const to = Math.min(excerpt.length, from + widest);
  const before = (from > 0 ? '…' : '') + displayText(excerpt.slice(from, start));
  const marked = displayText(excerpt.slice(start, Math.min(end, to)));
  const after = displayText(excerpt.slice(Math.min(end, to), to)) + (to < excerpt.length ? '…' : '');
  return {
    source: before + marked + after,
    carets: ' '.repeat(displayWidth(before)) + '^'.repeat(Math.max(1, displayWidth(marked))),
  };
};

// A range that goes on below is marked to the end of its first line; a point is one caret.
const endOf = (excerpt: string, place: Place): number => (place.endLine === undefined ? 0 : excerpt.trimEnd().length);
