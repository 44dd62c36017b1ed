import { endsWord, isDoubleQuote, isSingleQuote } from './characters.ts';
import type { ExpandableString, StringLiteral } from './expression-ast.ts';
import type { Source } from './source.ts';
import { Parts, readDollarInto, readEscape, readQuotedInto } from './strings.ts';

/**
 * A word without quotes of its own, as a command's name or argument: `C:\x`, `a"b c"d`, `$env:TEMP\f.txt`. Quotes inside it group,
 * `$` expands, a backtick escapes.
 */
export const readWord = (source: Source): StringLiteral | ExpandableString => {
  const start = source.at;
  const parts = new Parts();
  for (;;) {
    const char = source.peek();
    if (char === '`' && source.peek(1) !== '') parts.text(readEscape(source));
    else if (isSingleQuote(char) || isDoubleQuote(char)) readQuotedInto(source, parts);
    else if (char === '$') readDollarInto(source, parts);
    else if (endsWord(char)) break;
    else {
      parts.text(char);
      source.at++;
    }
  }
  if (source.at === start) unexpected(source);
  return parts.toString(source, start, true);
};

/** The message for what cannot stand here. */
export const unexpected = (source: Source): never => {
  const start = source.at;
  const token = source.match(/[\p{L}\p{N}_\\.:-]+|&&|\|\||[^\r\n]/uy)?.[0] ?? '';
  const extent = source.from(start);
  if (token === '') source.fail('UnexpectedEndOfInput', 'An expression was expected.', extent);
  if (token === '&&' || token === '||') {
    source.fail('InvalidEndOfLine', `The token '${token}' is not a valid statement separator in this version.`, extent);
  }
  if (token === '&') {
    source.fail(
      'AmpersandNotAllowed',
      'The ampersand (&) character is not allowed. The & operator is reserved for future use; wrap an ampersand in double quotation marks ("&") to pass it as part of a string.',
      extent,
    );
  }
  return source.fail('UnexpectedToken', `Unexpected token '${token}' in expression or statement.`, extent);
};
