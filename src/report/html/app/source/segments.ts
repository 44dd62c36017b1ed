import type { Span } from './span.ts';
import type { Token, TokenKind } from './tokenize.ts';

/** A piece of one line that looks the same throughout. */
export interface Segment {
  readonly text: string;
  readonly kind: TokenKind;
  readonly marked: boolean;
}

/** Cuts one line at the borders of tokens and marks. `offset` is where the line begins in the text that `tokens` cover. */
export const segmentsOf = (
  line: string,
  offset: number,
  tokens: readonly Token[],
  marks: readonly Span[],
): readonly Segment[] => {
  const own = tokens.filter((token) => token.end > offset && token.start < offset + line.length);
  const borders = new Set([0, line.length]);
  for (const token of own) {
    borders.add(Math.max(token.start - offset, 0));
    borders.add(Math.min(token.end - offset, line.length));
  }
  for (const mark of marks) borders.add(mark.start).add(mark.end);
  const cuts = [...borders].toSorted((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => ({
    text: line.slice(start, cuts[index + 1]),
    kind: own.find((token) => token.start - offset <= start && token.end - offset > start)?.kind ?? 'plain',
    marked: marks.some((mark) => mark.start <= start && mark.end > start),
  }));
};
