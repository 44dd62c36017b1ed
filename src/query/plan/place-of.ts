import { placeInText, type Place, type Position, type TextOrigin } from '../../model/place.ts';
import type { Span } from './span.ts';

/** A query's text and where it begins in its file. */
export interface QueryText {
  readonly text: string;
  readonly origin: TextOrigin;
}

/** Turns ranges of the text into places in its file. */
export const createLocator = ({ text, origin }: QueryText): ((span: Span) => Place) => {
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const position = (offset: number): Position => {
    const index = starts.findLastIndex((start) => start <= offset);
    return { line: index + 1, column: offset - (starts[index] ?? 0) + 1 };
  };
  return ({ start, end }) => placeInText(origin, position(start), position(Math.max(start, end)));
};

/** The source line at an offset, as it stands in the query's text. */
export const lineAt = (text: string, offset: number): string => {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
};

/** A place, and the line of the text that it stands in. */
export interface Marked {
  readonly place: Place;
  readonly excerpt?: string;
}

/** Turns ranges of the text into places with their lines. */
export const createMarker = (query: QueryText): ((span: Span) => Marked) => {
  const placeOf = createLocator(query);
  return (span) => {
    const place = placeOf(span);
    const line = lineAt(query.text, span.start);
    // The excerpt is padded to where it stands in its file, so that a caret under the place's column hits.
    const before = span.start - (query.text.lastIndexOf('\n', span.start - 1) + 1);
    return { place, excerpt: ' '.repeat(Math.max(0, place.column - 1 - before)) + line };
  };
};
