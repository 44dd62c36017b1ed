import type { CmdNode, Comparison, Condition, For, If } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { parseCommand } from './parse.ts';
import { readWord, unquote } from './words.ts';

const takeWord = (cursor: Cursor, word: string): boolean => {
  cursor.skipDelimiters();
  if (cursor.peekWord() !== word) return false;
  cursor.at += word.length;
  cursor.skipDelimiters();
  return true;
};

const comparisons = ['equ', 'neq', 'lss', 'leq', 'gtr', 'geq'] as const;

const readComparison = (cursor: Cursor): Condition => {
  const left = readWord(cursor, '==');
  while (cursor.peek() === ' ' || cursor.peek() === '\t') cursor.at++;
  let operator: Comparison;
  if (cursor.take('==')) operator = '==';
  else {
    const word = comparisons.find((name) => name === cursor.peekWord());
    if (word === undefined) return cursor.unexpected();
    cursor.at += word.length;
    operator = word;
  }
  cursor.skipDelimiters();
  return { kind: 'compare', operator, left, right: readWord(cursor) };
};

const readCondition = (cursor: Cursor): Condition => {
  if (takeWord(cursor, 'exist')) return { kind: 'exist', path: unquote(readWord(cursor)) };
  if (takeWord(cursor, 'defined')) return { kind: 'defined', name: readWord(cursor) };
  if (takeWord(cursor, 'errorlevel')) return { kind: 'errorlevel', least: readWord(cursor) };
  return readComparison(cursor);
};

/** `else` counts only right behind a group. */
const readElse = (cursor: Cursor, then: CmdNode): CmdNode | null => {
  if (then.kind !== 'group') return null;
  const before = cursor.at;
  cursor.skipDelimiters();
  if (takeWord(cursor, 'else')) return parseCommand(cursor);
  cursor.at = before;
  return null;
};

export const parseIf = (cursor: Cursor): If => {
  const start = cursor.at;
  takeWord(cursor, 'if');
  const ignoreCase = /^\/i[\s,;=]/i.test(cursor.text.slice(cursor.at, cursor.at + 3));
  if (ignoreCase) cursor.at += 2;
  const negated = takeWord(cursor, 'not');
  const condition = readCondition(cursor);
  const then = parseCommand(cursor);
  const otherwise = readElse(cursor, then);
  return { kind: 'if', extent: { start, end: cursor.at }, ignoreCase, negated, condition, then, otherwise };
};

/** The set runs to the closing parenthesis, quotes minded. */
const readSet = (cursor: Cursor): string => {
  if (!cursor.take('(')) cursor.unexpected();
  const found = /(?:"[^"]*"|'[^']*'|`[^`]*`|[^)"])*\)/y;
  found.lastIndex = cursor.at;
  const set = found.exec(cursor.text)?.[0];
  if (set === undefined) return cursor.unexpected();
  cursor.at += set.length;
  return set.slice(0, -1);
};

export const parseFor = (cursor: Cursor): For => {
  const start = cursor.at;
  takeWord(cursor, 'for');
  let form: For['form'] = '';
  let options = '';
  if (cursor.peek() === '/') {
    form = cursor.peek(1).toLowerCase() as For['form'];
    if (!'lfdr'.includes(form)) cursor.unexpected();
    cursor.at += 2;
    cursor.skipDelimiters();
    if (cursor.peek() !== '%') options = readWord(cursor);
    cursor.skipDelimiters();
  }
  const variable = /%%?(\S)/y;
  variable.lastIndex = cursor.at;
  const name = variable.exec(cursor.text);
  if (name === null) return cursor.unexpected();
  cursor.at += name[0].length;
  if (!takeWord(cursor, 'in')) cursor.unexpected();
  const set = readSet(cursor);
  if (!takeWord(cursor, 'do')) cursor.unexpected();
  const body = parseCommand(cursor);
  return {
    kind: 'for',
    extent: { start, end: cursor.at },
    form,
    options: unquote(options),
    variable: name[1] ?? '',
    set,
    body,
  };
};
