import type { IToken } from 'chevrotain';
import type { Span } from '../../plan/span.ts';
import type { Alias } from './ast.ts';

export const spanOfToken = ({ startOffset, image }: IToken): Span => ({
  start: startOffset,
  end: startOffset + image.length,
});

export const between = (first: Span, last: Span): Span => ({ start: first.start, end: last.end });

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'" };

/** What a quoted text says. Unknown escapes stay: `\d` in a pattern is the pattern's. */
export const unquoted = (image: string): string =>
  image
    .slice(1, -1)
    .replaceAll(/\\([\s\S])/g, (whole, char: string) => (char === '\\' ? '\\' : (escapes[char] ?? whole)));

/** A quoted regular expression or anchor: only the quotation mark is the language's to escape. */
export const quotedPattern = (image: string): string => image.slice(1, -1).replaceAll('\\"', '"');

/** `/(?i)a\/b/i` as a pattern; flags behind it become flags in front. */
export const regexPattern = (image: string): string => {
  const end = image.lastIndexOf('/');
  const flags = image.slice(end + 1);
  return `${flags === '' ? '' : `(?${flags})`}${image.slice(1, end).replaceAll('\\/', '/')}`;
};

/** A field's name as written: `%"a b"` is `a b`, `%a.b[0]` is `a.b[0]`. */
export const fieldName = (image: string): string => {
  if (image.startsWith('%"')) return unquoted(image.slice(1));
  return image.startsWith('%') ? image.slice(1) : image;
};

export const aliasOf = (token: IToken): Alias => ({ name: fieldName(token.image), span: spanOfToken(token) });
