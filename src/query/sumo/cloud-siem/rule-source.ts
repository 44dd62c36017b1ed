import type { RuleText } from '../../../model/cloud-siem-rule.ts';
import { placeInText, type Place, type Position } from '../../../model/place.ts';
import type { Span } from '../../plan/span.ts';

interface Piece extends Span {
  readonly text: string;
  readonly at: RuleText;
}

/** The expressions of a rule as one text, in which every span knows its place in the rule's file. */
export interface RuleSource {
  /** Where an expression stands; the same one stands once. */
  add(text: RuleText): Span;
  /** What a clause says that no expression writes: `at least 5 records within 10 minutes`. */
  note(text: string, place: Place): Span;
  text(): string;
  locate(span: Span): Place;
}

const positionIn = (text: string, offset: number): Position => {
  const before = text.slice(0, Math.max(0, offset));
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
};

export const createRuleSource = (): RuleSource => {
  const pieces: Piece[] = [];
  let whole = '';
  const append = (at: RuleText): Span => {
    const known = pieces.find((piece) => piece.at === at);
    if (known !== undefined) return known;
    whole += '\n';
    const piece = { text: at.text, at, start: whole.length, end: whole.length + at.text.length };
    whole += at.text;
    pieces.push(piece);
    return piece;
  };
  return {
    add: append,
    note: (text, place) => append({ text, place, origin: null }),
    text: () => whole,
    locate: ({ start, end }) => {
      const piece = pieces.find((each) => start >= each.start && end <= each.end) ?? pieces[0];
      if (piece === undefined) throw new Error('a rule has at least one expression');
      const { origin, place } = piece.at;
      if (origin === null) return place;
      return placeInText(
        origin,
        positionIn(piece.text, start - piece.start),
        positionIn(piece.text, end - piece.start),
      );
    },
  };
};
