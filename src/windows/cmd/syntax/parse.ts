import type { CmdNode, Redirection, Sequence } from './ast.ts';
import { Cursor, CmdSyntaxError } from './cursor.ts';
import { parseFor, parseIf } from './compound.ts';
import { readCommandText, readRedirection } from './words.ts';

/** `&` binds loosest, then `||`, `&&`, `|`. */
const levels: readonly Sequence['operator'][] = ['&', '||', '&&'];

const startsOperator = (cursor: Cursor, operator: string): boolean => {
  if (!cursor.text.startsWith(operator, cursor.at)) return false;
  return operator.length === 2 || cursor.peek(1) !== operator;
};

/** Commands joined by the operators from `level` on. */
export const parseSequence = (cursor: Cursor, level = 0): CmdNode => {
  const operator = levels[level];
  if (operator === undefined) return parsePipe(cursor);
  const start = cursor.at;
  let left = parseSequence(cursor, level + 1);
  for (;;) {
    const isLine = operator === '&' && /[\r\n]/.test(cursor.peek()) && cursor.depth > 0;
    if (isLine) cursor.skipLines();
    else if (!startsOperator(cursor, operator)) return left;
    else cursor.at += operator.length;
    cursor.skipDelimiters();
    // An `&` may end a line, and line ends part the commands of a group.
    if (operator === '&' && (cursor.atEnd || cursor.peek() === ')')) return left;
    const right = parseSequence(cursor, level + 1);
    left = { kind: 'sequence', extent: { start, end: cursor.at }, operator, left, right };
  }
};

const parsePipe = (cursor: Cursor): CmdNode => {
  const start = cursor.at;
  let left = parseCommand(cursor);
  while (startsOperator(cursor, '|')) {
    cursor.at++;
    cursor.skipDelimiters();
    const right = parseCommand(cursor);
    left = { kind: 'pipe', extent: { start, end: cursor.at }, left, right };
  }
  return left;
};

const parseGroup = (cursor: Cursor): CmdNode => {
  const start = cursor.at++;
  cursor.depth++;
  cursor.skipLines();
  const body = cursor.peek() === ')' ? null : parseSequence(cursor);
  cursor.skipLines();
  cursor.depth--;
  if (!cursor.take(')')) cursor.unexpected();
  const redirections: Redirection[] = [];
  for (;;) {
    cursor.skipDelimiters();
    const redirection = readRedirection(cursor, ' ');
    if (redirection === null) break;
    redirections.push(redirection);
  }
  return { kind: 'group', extent: { start, end: cursor.at }, body, redirections };
};

export const parseCommand = (cursor: Cursor): CmdNode => {
  cursor.skipDelimiters();
  while (cursor.take('@')) cursor.skipDelimiters();
  const start = cursor.at;
  if (cursor.peek() === '(') return parseGroup(cursor);
  const word = cursor.peekWord();
  if (word === 'if') return parseIf(cursor);
  if (word === 'for') return parseFor(cursor);
  if (word === 'rem') {
    while (!cursor.atEnd && !/[\r\n]/.test(cursor.peek())) cursor.at++;
    return { kind: 'remark', extent: { start, end: cursor.at } };
  }
  const { text, redirections } = readCommandText(cursor);
  if (text.trim() === '' && redirections.length === 0) cursor.unexpected();
  return { kind: 'simple', extent: { start, end: cursor.at }, text, redirections };
};

export type CmdParse =
  | { readonly ok: true; readonly node: CmdNode | null }
  | { readonly ok: false; readonly message: string; readonly at: number };

/** Reads one line (or several), after `%` expansion. A blank line has no command. */
export const parseCmd = (text: string): CmdParse => {
  const cursor = new Cursor(text);
  try {
    cursor.skipLines();
    if (cursor.atEnd) return { ok: true, node: null };
    const node = parseSequence(cursor);
    cursor.skipLines();
    if (!cursor.atEnd) cursor.unexpected();
    return { ok: true, node };
  } catch (error) {
    if (!(error instanceof CmdSyntaxError)) throw error;
    return { ok: false, message: error.message, at: error.at };
  }
};
