/** Literal text, `*` (any text, also none), `?` (one character), or one of the five dashes of `windash`. */
export type PatternToken = { readonly literal: string } | 'any' | 'one' | 'dash';

export type Pattern = readonly PatternToken[];

/** Characters that Windows programs take for one another before an option. */
export const dashes = '-/\u2013\u2014\u2015';

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

/** Neighboring literals become one, neighboring `*` too. */
export const joinLiterals = (tokens: Pattern): Pattern =>
  tokens.reduce<PatternToken[]>((joined, token) => {
    const before = joined.at(-1);
    if (typeof before === 'object' && typeof token === 'object') {
      joined[joined.length - 1] = { literal: before.literal + token.literal };
    } else if (token !== 'any' || before !== 'any') {
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

/** Applies a change to each literal of a pattern. */
export const mapLiterals = (pattern: Pattern, change: (literal: string) => Pattern): Pattern =>
  joinLiterals(pattern.flatMap((token) => (typeof token === 'object' ? change(token.literal) : [token])));

/** Every dash may be any of the five. */
export const withDashes = (pattern: Pattern): Pattern =>
  mapLiterals(pattern, (literal) =>
    [...literal.matchAll(/[-/\u2013\u2014\u2015]|[^-/\u2013\u2014\u2015]+/g)].map(([piece]) =>
      dashes.includes(piece) ? 'dash' : { literal: piece },
    ),
  );

/** Only what would be read as something else is escaped, as authors do. */
export const renderPattern = (pattern: Pattern): string =>
  pattern
    .map((token, index) => {
      if (token === 'any') return '*';
      if (token === 'one') return '?';
      if (token === 'dash') return '-';
      const text = token.literal.replaceAll(/\\*[*?]|\\{2,}/g, (run) =>
        [...run].map((char) => (char === '\\' || char === '*' || char === '?' ? `\\${char}` : char)).join(''),
      );
      const next = pattern[index + 1];
      return (next === 'any' || next === 'one') && /(?<!\\)\\$/.test(text) ? `${text}\\` : text;
    })
    .join('');

/** A regular expression that means the same, for the whole text. */
export const patternRegExp = (pattern: Pattern): RegExp => new RegExp(`^${pattern.map(tokenSource).join('')}$`, 'su');

const tokenSource = (token: PatternToken): string => {
  if (token === 'any') return '.*';
  if (token === 'one') return '.';
  if (token === 'dash') return `[\\-/\u2013\u2014\u2015]`;
  return token.literal.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
};
