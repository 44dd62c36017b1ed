/** A piece of a Sigma text value: literal text, `*` (any text, also none) or `?` (one character). */
export type PatternToken = { readonly literal: string } | 'any' | 'one';

export type Pattern = readonly PatternToken[];

/**
 * Sigma's wildcards: `*` and `?`, literal when a backslash stands before them. Two backslashes are one; any other backslash is
 * itself, so that Windows paths need no escaping.
 */
export const parsePattern = (text: string): Pattern =>
  joinLiterals(
    [...text.matchAll(/\\[\\*?]|[*?]|[^\\*?]+|\\/g)].map(([piece]) => {
      if (piece === '*') return 'any';
      if (piece === '?') return 'one';
      return { literal: /^\\./.test(piece) ? piece.slice(1) : piece };
    }),
  );

const joinLiterals = (tokens: Pattern): Pattern =>
  tokens.reduce<PatternToken[]>((joined, token) => {
    const before = joined.at(-1);
    if (typeof before === 'object' && typeof token === 'object') {
      joined[joined.length - 1] = { literal: before.literal + token.literal };
    } else {
      joined.push(token);
    }
    return joined;
  }, []);

/** The text, when there is no wildcard in it. */
export const literalOf = (pattern: Pattern): string | null => {
  if (pattern.length === 0) return '';
  const [only] = pattern;
  return pattern.length === 1 && typeof only === 'object' ? only.literal : null;
};

/** An SQL LIKE pattern that means the same, with backslash as its escape character. */
export const likeOf = (pattern: Pattern): string =>
  pattern
    .map((token) => {
      if (token === 'any') return '%';
      if (token === 'one') return '_';
      return token.literal.replace(/[\\%_]/g, '\\$&');
    })
    .join('');
