import type { Redirection } from './ast.ts';
import { endsCommand, isDelimiter, type Cursor } from './cursor.ts';

/** A quoted stretch, quotes included, or one character with its caret removed. Quotes end with the line. */
const readPiece = (cursor: Cursor): string => {
  if (cursor.peek() === '"') {
    const end = /"[^"\r\n]*"?/y;
    end.lastIndex = cursor.at;
    const quoted = end.exec(cursor.text)?.[0] ?? '"';
    cursor.at += quoted.length;
    return quoted;
  }
  if (cursor.peek() === '^') {
    cursor.at++;
    // A caret at a line's end joins the next line; the character behind the line's end is escaped.
    cursor.take('\r');
    cursor.take('\n');
  }
  const char = cursor.peek();
  cursor.at++;
  return char;
};

/** A word up to a delimiter, quotes kept. */
export const readWord = (cursor: Cursor, stop = ''): string => {
  let word = '';
  while (
    !endsCommand(cursor) &&
    !isDelimiter(cursor.peek()) &&
    !'<>'.includes(cursor.peek()) &&
    !(stop !== '' && cursor.text.startsWith(stop, cursor.at))
  ) {
    word += readPiece(cursor);
  }
  return word;
};

export const unquote = (word: string): string => word.replaceAll('"', '');

/** `>f`, `2>>f`, `<f`, `2>&1` here; null when there is none. A digit belongs to it only where it stands alone. */
export const readRedirection = (cursor: Cursor, previous: string): Redirection | null => {
  const pattern = /([0-2]?)(>>|>|<)/y;
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (found === null || (found[1] !== '' && previous !== '' && !isDelimiter(previous) && previous !== '"')) return null;
  cursor.at += found[0].length;
  const operator = found[2];
  const descriptor = (found[1] === '' ? (operator === '<' ? 0 : 1) : Number(found[1])) as Redirection['descriptor'];
  if (cursor.take('&')) {
    const same = /[0-2]/y;
    same.lastIndex = cursor.at;
    const digit = same.exec(cursor.text)?.[0];
    if (digit === undefined) return cursor.unexpected();
    cursor.at++;
    return { descriptor, target: { kind: 'same', descriptor: Number(digit) as Redirection['descriptor'] } };
  }
  cursor.skipDelimiters();
  const path = unquote(readWord(cursor));
  if (path === '') return cursor.unexpected();
  return {
    descriptor,
    target: operator === '<' ? { kind: 'read', path } : { kind: 'write', path, append: operator === '>>' },
  };
};

/** A plain command's text up to an operator, with its redirections taken out. */
export const readCommandText = (
  cursor: Cursor,
): { readonly text: string; readonly redirections: readonly Redirection[] } => {
  let text = '';
  const redirections: Redirection[] = [];
  while (!endsCommand(cursor)) {
    const redirection = readRedirection(cursor, text.slice(-1));
    if (redirection !== null) redirections.push(redirection);
    else text += readPiece(cursor);
  }
  return { text, redirections };
};
