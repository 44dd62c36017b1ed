import { isDoubleQuote, isSingleQuote } from './characters.ts';
import type { UnsupportedStatement } from './ast.ts';
import type { Source } from './source.ts';
import { readHereString, readQuoted } from './strings.ts';

/** Skips to the brace that closes the one here, past strings and comments. */
const skipBraces = (source: Source): void => {
  const start = source.at;
  let depth = 0;
  do {
    source.skipBlanks();
    const char = source.peek();
    if (source.atEnd) {
      source.fail('MissingEndCurlyBrace', "Missing closing '}' in statement block or type definition.", {
        start,
        end: start + 1,
      });
    }
    if (char === '@' && (isSingleQuote(source.peek(1)) || isDoubleQuote(source.peek(1)))) readHereString(source);
    else if (isSingleQuote(char) || isDoubleQuote(char)) readQuoted(source);
    else {
      if (char === '{') depth++;
      if (char === '}') depth--;
      source.at += char === '`' ? 2 : 1;
    }
  } while (depth > 0);
};

/** A statement whose extent is known and whose inside is not read. */
export const readUnsupported =
  (what: UnsupportedStatement['what']) =>
  (source: Source, start: number): UnsupportedStatement => {
    source.match(what === 'using' ? /[^\r\n;]*/y : /[^{]*/y);
    if (what !== 'using') skipBraces(source);
    return { kind: 'unsupported', extent: source.from(start), what };
  };
