import { isDash, isDigit, isDoubleQuote, isIdentifierPart, isIdentifierStart, isSingleQuote } from './characters.ts';
import { parseExpression, parseUnary } from './expressions.ts';
import type { Expression } from './expression-ast.ts';
import {
  parseArrayExpression,
  parseHashtable,
  parseParen,
  parseScriptBlockExpression,
  parseSubExpression,
} from './groups.ts';
import { readNumber } from './numbers.ts';
import type { Source } from './source.ts';
import { readHereString, readQuoted } from './strings.ts';
import { readTypeName } from './type-names.ts';
import { readDollar, readSplat } from './variables.ts';
import { unexpected } from './words.ts';

/** An operand with what is attached to it: members, calls, indexes, `++`. */
export const parsePrimary = (source: Source): Expression => {
  if (source.peek() === '[') return parseBracket(source);
  return parsePostfix(source, parseAtom(source), 'expression');
};

/** Null when no operand starts here. */
export const parseAtomOrNull = (source: Source): Expression | null => {
  const char = source.peek();
  const next = source.peek(1);
  if (isSingleQuote(char) || isDoubleQuote(char)) return readQuoted(source);
  if (char === '$') return next === '(' ? parseSubExpression(source) : readDollar(source);
  if (char === '(') return parseParen(source);
  if (char === '{') return parseScriptBlockExpression(source);
  if (char !== '@') return null;
  if (next === '(') return parseArrayExpression(source);
  if (next === '{') return parseHashtable(source);
  if (isSingleQuote(next) || isDoubleQuote(next)) return readHereString(source);
  return null;
};

const parseAtom = (source: Source): Expression => {
  const atom = parseAtomOrNull(source);
  if (atom !== null) return atom;
  if (isDigit(source.peek()) || source.peek() === '.') {
    const number = readNumber(source, 'expression');
    if (number !== null) return number;
  }
  if (source.peek() === '@' && readSplat(source) !== null) {
    source.fail(
      'SplattingNotPermitted',
      "The splatting operator '@' cannot be used to reference variables in an expression.",
    );
  }
  return unexpected(source);
};

/** Could an operand of a cast start here? A binary operator could not. */
const startsCastOperand = (source: Source): boolean => {
  const char = source.peek();
  const next = source.peek(1);
  if (isDash(char))
    return (
      isDigit(next) ||
      next === '$' ||
      next === '(' ||
      /^[–—―-]not\b/iu.test(source.text.slice(source.at, source.at + 5))
    );
  if (char === '.') return isDigit(next);
  return isDigit(char) || isSingleQuote(char) || isDoubleQuote(char) || (char !== '' && '$(@{[!,+'.includes(char));
};

/** `[type]`, on its own, with members (`[Math]::Pi`) or before what it converts. */
const parseBracket = (source: Source): Expression => {
  const start = source.at++;
  source.skipLines();
  const name = readTypeName(source);
  const literal: Expression = { kind: 'type', extent: source.from(start), name };
  if (source.startsWith('::') || (source.peek() === '.' && isIdentifierStart(source.peek(1)))) {
    return parsePostfix(source, literal, 'expression');
  }
  const end = source.at;
  source.skipBlanks();
  if (startsCastOperand(source)) {
    const operand = parseUnary(source);
    return { kind: 'cast', extent: source.from(start), type: name, operand };
  }
  source.at = end;
  return literal;
};

const parseMemberName = (source: Source): Expression => {
  const start = source.at;
  const char = source.peek();
  if (isIdentifierStart(char) || isDigit(char)) {
    while (isIdentifierPart(source.peek())) source.at++;
    return { kind: 'string', extent: source.from(start), value: source.text.slice(start, source.at), bare: true };
  }
  const atom = parseAtomOrNull(source);
  if (atom === null) return source.fail('MissingPropertyName', 'Missing property name after reference operator.');
  return atom;
};

const parseArguments = (source: Source): Expression[] => {
  const found: Expression[] = [];
  source.at++;
  source.skipLines();
  if (source.take(')')) return found;
  for (;;) {
    source.skipLines();
    found.push(parseExpression(source, 'end'));
    source.skipLines();
    if (source.take(',')) continue;
    if (source.take(')')) return found;
    source.fail('MissingEndParenthesisInMethodCall', "Missing ')' in method call.");
  }
};

const parseMember = (source: Source, target: Expression): Expression => {
  const isStatic = source.startsWith('::');
  source.at += isStatic ? 2 : 1;
  source.skipLines();
  const name = parseMemberName(source);
  if (source.peek() === '(') {
    const args = parseArguments(source);
    return {
      kind: 'invoke',
      extent: { start: target.extent.start, end: source.at },
      target,
      name,
      isStatic,
      arguments: args,
    };
  }
  return { kind: 'member', extent: { start: target.extent.start, end: source.at }, target, name, isStatic };
};

const parseIndex = (source: Source, target: Expression): Expression => {
  source.at++;
  source.skipLines();
  const index = parseExpression(source);
  source.skipLines();
  if (!source.take(']'))
    source.fail('EndSquareBracketExpectedAtEndOfAttribute', "Missing ']' after array index expression.");
  return { kind: 'index', extent: { start: target.extent.start, end: source.at }, target, index };
};

const isMember = (source: Source): boolean => {
  if (source.startsWith('::')) return true;
  const next = source.peek(1);
  return source.peek() === '.' && next !== '.' && next !== '';
};

/** Attachments touch what they attach to: `$a .b` is no member access. Among arguments `++` is a word of its own. */
export const parsePostfix = (source: Source, target: Expression, mode: 'expression' | 'argument'): Expression => {
  for (let result = target; ;) {
    if (isMember(source)) result = parseMember(source, result);
    else if (source.peek() === '[') result = parseIndex(source, result);
    else if (mode === 'expression' && (source.startsWith('++') || source.startsWith('--'))) {
      const operator = source.peek() === '+' ? 'x++' : 'x--';
      source.at += 2;
      result = { kind: 'unary', extent: { start: result.extent.start, end: source.at }, operator, operand: result };
    } else return result;
  }
};
