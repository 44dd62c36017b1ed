export interface Token {
  readonly kind: 'word' | '(' | ')' | 'other';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Words (names, patterns, keywords), brackets, and single characters that a condition cannot hold. */
export const tokenize = (text: string): readonly Token[] =>
  [...text.matchAll(/[()]|[\p{L}\p{N}_*.-]+|[^\s]/gu)].map((match) => {
    const [piece] = match;
    const kind = piece === '(' || piece === ')' ? piece : /^[\p{L}\p{N}_*.-]/u.test(piece) ? 'word' : 'other';
    return { kind, text: piece, start: match.index, end: match.index + piece.length };
  });
