import type { Block } from './ast.ts';
import type {
  ArrayExpression,
  Expression,
  Hashtable,
  Paren,
  ScriptBlockExpression,
  SubExpression,
} from './expression-ast.ts';
import { isDoubleQuote, isSingleQuote } from './characters.ts';
import { parseUnary } from './expressions.ts';
import { readNumber } from './numbers.ts';
import { parseScriptBlockBody } from './script-blocks.ts';
import type { Source } from './source.ts';
import { parseStatement, parseStatements } from './statements.ts';
import { readQuoted } from './strings.ts';
import { readWord } from './words.ts';

const closing = (source: Source, id: string, close: string, what: string): void => {
  if (!source.take(close)) source.fail(id, `Missing closing '${close}' ${what}.`);
};

const statementsUntilParen = (source: Source, start: number): Block => {
  const statements = parseStatements(source, ')');
  closing(source, 'MissingEndParenthesisInSubexpression', ')', 'in subexpression');
  return { kind: 'block', extent: source.from(start), statements };
};

export const parseSubExpression = (source: Source): SubExpression => {
  const start = source.at;
  source.at += 2;
  const body = statementsUntilParen(source, start);
  return { kind: 'sub-expression', extent: body.extent, body };
};

export const parseArrayExpression = (source: Source): ArrayExpression => {
  const start = source.at;
  source.at += 2;
  const body = statementsUntilParen(source, start);
  return { kind: 'array-expression', extent: body.extent, body };
};

export const parseParen = (source: Source): Paren => {
  const start = source.at++;
  source.skipLines();
  if (source.peek() === ')') source.fail('ExpectedExpression', "An expression was expected after '('.");
  const statement = parseStatement(source);
  source.skipLines();
  closing(source, 'MissingEndParenthesisInExpression', ')', 'in expression');
  return { kind: 'paren', extent: source.from(start), statement };
};

export const parseScriptBlockExpression = (source: Source): ScriptBlockExpression => {
  const block = parseScriptBlockBody(source);
  return { kind: 'script-block-expression', extent: block.extent, block };
};

const parseKey = (source: Source): Expression => {
  const char = source.peek();
  if (isSingleQuote(char) || isDoubleQuote(char)) return readQuoted(source);
  if (char === '$' || char === '(' || char === '@' || char === '[') return parseUnary(source);
  const number = readNumber(source, 'expression');
  if (number !== null) return number;
  const start = source.at;
  const name = source.match(/[\p{L}\p{N}_?.:-]+/uy)?.[0];
  if (name === undefined) return readWord(source);
  return { kind: 'string', extent: source.from(start), value: name, bare: true };
};

/** `@{ key = statement; … }`. */
export const parseHashtable = (source: Source): Hashtable => {
  const start = source.at;
  source.at += 2;
  const entries = [];
  for (;;) {
    source.skipSeparators();
    if (source.take('}')) return { kind: 'hashtable', extent: source.from(start), entries };
    if (source.atEnd) source.fail('IncompleteHashLiteral', 'The hash literal was incomplete.', source.from(start));
    const key = parseKey(source);
    source.skipBlanks();
    if (!source.take('=')) {
      source.fail('MissingEqualsInHashLiteral', "Missing '=' operator after key in hash literal.");
    }
    source.skipLines();
    const value = parseStatement(source);
    entries.push({ key, value });
    source.skipBlanks();
    if (!/^[;\r\n}]?$/.test(source.peek())) source.fail('IncompleteHashLiteral', 'The hash literal was incomplete.');
  }
};
