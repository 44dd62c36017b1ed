import type { For, ForEach, Statement, While } from './ast.ts';
import { parseCondition, takeKeyword } from './branches.ts';
import { parsePipeline } from './pipelines.ts';
import type { Source } from './source.ts';
import { parseBlock, parseStatement } from './statements.ts';
import { readDollar } from './variables.ts';

export const parseWhile = (source: Source, start: number, label: string | null): While => {
  const condition = parseCondition(source, 'while');
  const body = parseBlock(source);
  return { kind: 'while', extent: source.from(start), label, form: 'while', condition, body };
};

export const parseDo = (source: Source, start: number, label: string | null): While => {
  const body = parseBlock(source);
  const until = takeKeyword(source, /until(?=[\s(])/iy);
  if (!until && !takeKeyword(source, /while(?=[\s(])/iy)) {
    source.fail('MissingWhileOrUntilInDoWhile', 'Missing while or until keyword in do loop.');
  }
  const condition = parseCondition(source, until ? 'until' : 'while');
  return { kind: 'while', extent: source.from(start), label, form: until ? 'do-until' : 'do-while', condition, body };
};

const openParen = (source: Source, keyword: string): void => {
  source.skipLines();
  if (!source.take('('))
    source.fail('MissingOpenParenthesisAfterKeyword', `Missing opening '(' after keyword '${keyword}'.`);
  source.skipLines();
};

const closeParen = (source: Source, keyword: string): void => {
  source.skipLines();
  if (!source.take(')')) {
    source.fail(
      'MissingEndParenthesisAfterStatement',
      `Missing closing ')' after expression in '${keyword}' statement.`,
    );
  }
};

const forPart = (source: Source): Statement | null => {
  source.skipLines();
  return /[;)]/.test(source.peek()) ? null : parsePipeline(source);
};

/** Semicolons or line ends part the three. */
const nextPart = (source: Source): void => {
  source.skipBlanks();
  source.match(/;|\r\n|\n/y);
};

export const parseFor = (source: Source, start: number, label: string | null): For => {
  openParen(source, 'for');
  const initializer = forPart(source);
  nextPart(source);
  const condition = forPart(source);
  nextPart(source);
  const iterator = forPart(source);
  closeParen(source, 'for');
  const body = parseBlock(source);
  return { kind: 'for', extent: source.from(start), label, initializer, condition, iterator, body };
};

export const parseForEach = (source: Source, start: number, label: string | null): ForEach => {
  source.skipLines();
  source.match(/-parallel\s*/iy);
  openParen(source, 'foreach');
  const variable = source.peek() === '$' ? readDollar(source) : null;
  if (variable?.kind !== 'variable')
    return source.fail('MissingVariableNameAfterForeach', 'Missing variable name after foreach.');
  source.skipLines();
  if (source.match(/in(?=[\s($@'"])/iy) === null)
    source.fail('MissingInInForeach', "Missing 'in' after variable in foreach loop.");
  source.skipLines();
  const collection = parseStatement(source);
  closeParen(source, 'foreach');
  const body = parseBlock(source);
  return { kind: 'foreach', extent: source.from(start), label, variable: variable.name, collection, body };
};
