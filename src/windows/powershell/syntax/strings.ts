import { isDoubleQuote, isNewline, isSingleQuote } from './characters.ts';
import type { Expression, ExpandableString, StringLiteral } from './expression-ast.ts';
import type { Source } from './source.ts';
import { readDollar } from './variables.ts';

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** A backtick and what it escapes. A backtick before a line's end joins the lines where `continues` says so. */
export const readEscape = (source: Source): string => {
  const char = source.peek(1);
  source.at += 2;
  return escapes[char] ?? char;
};

/** Collects plain text and expressions; neighbouring text becomes one part. */
export class Parts {
  readonly #parts: (string | Expression)[] = [];

  text(text: string): void {
    const last = this.#parts.at(-1);
    if (typeof last === 'string') this.#parts[this.#parts.length - 1] = last + text;
    else this.#parts.push(text);
  }

  expression(expression: Expression): void {
    this.#parts.push(expression);
  }

  toString(source: Source, start: number, bare: boolean): StringLiteral | ExpandableString {
    const extent = source.from(start);
    const parts = this.#parts;
    if (parts.every((part) => typeof part === 'string')) return { kind: 'string', extent, value: parts.join(''), bare };
    return { kind: 'expandable', extent, parts, bare };
  }
}

/** What a dollar sign stands for inside a string. */
export const readDollarInto = (source: Source, parts: Parts): void => {
  const expression = readDollar(source);
  if (expression !== null) {
    parts.expression(expression);
  } else {
    parts.text('$');
    source.at++;
  }
};

const unterminated = (source: Source, start: number, quote: string): never =>
  source.fail('TerminatorExpectedAtEndOfString', `The string is missing the terminator: ${quote}.`, source.from(start));

const readSingleQuotedInto = (source: Source, parts: Parts): void => {
  const start = source.at++;
  for (;;) {
    if (source.atEnd) unterminated(source, start, "'");
    const char = source.peek();
    source.at++;
    if (!isSingleQuote(char)) parts.text(char);
    else if (isSingleQuote(source.peek())) {
      parts.text(char);
      source.at++;
    } else return;
  }
};

const readDoubleQuotedInto = (source: Source, parts: Parts): void => {
  const start = source.at++;
  for (;;) {
    if (source.atEnd) unterminated(source, start, '"');
    const char = source.peek();
    if (char === '`') parts.text(readEscape(source));
    else if (char === '$') readDollarInto(source, parts);
    else {
      source.at++;
      if (!isDoubleQuote(char)) parts.text(char);
      else if (isDoubleQuote(source.peek())) {
        parts.text(char);
        source.at++;
      } else return;
    }
  }
};

/** The contents of a quoted string that stands here, into `parts`: part of a longer word, perhaps. */
export const readQuotedInto = (source: Source, parts: Parts): void => {
  if (isSingleQuote(source.peek())) readSingleQuotedInto(source, parts);
  else readDoubleQuotedInto(source, parts);
};

export const readQuoted = (source: Source): StringLiteral | ExpandableString => {
  const start = source.at;
  const parts = new Parts();
  readQuotedInto(source, parts);
  return parts.toString(source, start, false);
};

const takeNewline = (source: Source): boolean => source.match(/\r\n|\n|\r/y) !== null;

/** `@'` or `@"` at the end of a line, up to the same quote and `@` at the start of one. */
export const readHereString = (source: Source): StringLiteral | ExpandableString => {
  const start = source.at;
  const isQuote = isSingleQuote(source.peek(1)) ? isSingleQuote : isDoubleQuote;
  source.at += 2;
  source.match(/[ \t]*/y);
  if (!takeNewline(source)) {
    source.fail(
      'UnexpectedCharactersAfterHereStringHeader',
      'No characters are allowed after a here-string header but before the end of the line.',
    );
  }
  const isEnd = (at: number): boolean => isQuote(source.text.charAt(at)) && source.text[at + 1] === '@';
  const parts = new Parts();
  for (let lineStart = true; ;) {
    if (source.atEnd)
      source.fail(
        'TerminatorExpectedAtEndOfString',
        `The string is missing the terminator: ${isQuote === isSingleQuote ? "'" : '"'}@.`,
        source.from(start),
      );
    if (lineStart && isEnd(source.at)) break;
    const newline = /\r\n|\n|\r/y;
    newline.lastIndex = source.at;
    const end = newline.exec(source.text)?.[0];
    lineStart = end !== undefined;
    if (end !== undefined) {
      source.at += end.length;
      // The line's end before the terminator is not part of the string.
      if (!isEnd(source.at)) parts.text(end);
    } else if (isQuote === isDoubleQuote && source.peek() === '`' && !isNewline(source.peek(1)))
      parts.text(readEscape(source));
    else if (isQuote === isDoubleQuote && source.peek() === '$') readDollarInto(source, parts);
    else {
      parts.text(source.peek());
      source.at++;
    }
  }
  source.at += 2;
  return parts.toString(source, start, false);
};
