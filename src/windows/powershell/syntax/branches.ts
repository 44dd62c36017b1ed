import type { Block, If, Statement, Trap, Try } from './ast.ts';
import type { Source } from './source.ts';
import { parseBlock, parseStatement } from './statements.ts';
import { readTypeName } from './type-names.ts';

/** `( statement )` after a keyword. */
export const parseCondition = (source: Source, keyword: string): Statement => {
  source.skipLines();
  if (!source.take('('))
    source.fail('MissingOpenParenthesisInIfStatement', `Missing '(' after '${keyword}' in ${keyword} statement.`);
  source.skipLines();
  if (source.peek() === ')') {
    source.fail('IfStatementMissingCondition', `Missing condition in ${keyword} statement after '${keyword} ('.`);
  }
  const condition = parseStatement(source);
  source.skipLines();
  if (!source.take(')')) {
    source.fail(
      'MissingEndParenthesisAfterStatement',
      `Missing closing ')' after expression in '${keyword}' statement.`,
    );
  }
  return condition;
};

/** Takes a keyword that may stand after line ends; nothing is consumed when it does not. */
export const takeKeyword = (source: Source, pattern: RegExp): boolean => {
  const start = source.at;
  source.skipLines();
  if (source.match(pattern) !== null) return true;
  source.at = start;
  return false;
};

export const parseIf = (source: Source, start: number): If => {
  const clauses = [{ condition: parseCondition(source, 'if'), body: parseBlock(source) }];
  while (takeKeyword(source, /elseif(?=[\s(])/iy)) {
    clauses.push({ condition: parseCondition(source, 'elseif'), body: parseBlock(source) });
  }
  const otherwise = takeKeyword(source, /else(?=[\s{])/iy) ? parseBlock(source) : null;
  return { kind: 'if', extent: source.from(start), clauses, otherwise };
};

const readCatchTypes = (source: Source): string[] => {
  const types: string[] = [];
  for (;;) {
    source.skipLines();
    if (source.take(',')) continue;
    if (!source.take('[')) return types;
    types.push(readTypeName(source));
  }
};

export const parseTry = (source: Source, start: number): Try => {
  const body = parseBlock(source);
  const catches: { types: string[]; body: Block }[] = [];
  while (takeKeyword(source, /catch(?=[\s{[])/iy)) {
    const types = readCatchTypes(source);
    catches.push({ types, body: parseBlock(source) });
  }
  const last = takeKeyword(source, /finally(?=[\s{])/iy) ? parseBlock(source) : null;
  if (catches.length === 0 && last === null) {
    source.fail(
      'MissingCatchOrFinally',
      'The Try statement is missing its Catch or Finally block.',
      source.from(source.at - 1),
    );
  }
  return { kind: 'try', extent: source.from(start), body, catches, finally: last };
};

export const parseTrap = (source: Source, start: number): Trap => {
  const [type = null] = readCatchTypes(source);
  const body = parseBlock(source);
  return { kind: 'trap', extent: source.from(start), type, body };
};
