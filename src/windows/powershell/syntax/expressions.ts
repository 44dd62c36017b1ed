import { isDash, isDigit, isIdentifierStart } from './characters.ts';
import type { Expression } from './expression-ast.ts';
import { readNumber } from './numbers.ts';
import { bindingPower, readBinaryWord, readUnaryWord, type BinaryOperator, type UnaryOperator } from './operators.ts';
import { parsePrimary } from './primary.ts';
import type { Source } from './source.ts';

/** What an expression may hold: a comma ends one among the arguments of a method. */
export type Commas = 'list' | 'end';

interface BinaryToken {
  readonly operator: BinaryOperator;
  readonly caseSensitive: boolean;
  readonly text: string;
}

const plain = (operator: BinaryOperator, text: string = operator): BinaryToken => ({
  operator,
  caseSensitive: false,
  text,
});

/** Looks at the operator that stands here; `-foo` that is none stops the expression, and the statement complains. */
const peekBinary = (source: Source): BinaryToken | null => {
  const char = source.peek();
  const next = source.peek(1);
  if (isDash(char)) {
    if (isIdentifierStart(next)) {
      const word = /[\p{L}_]+/uy;
      word.lastIndex = source.at + 1;
      const text = word.exec(source.text)?.[0] ?? '';
      const found = readBinaryWord(text);
      return found === null ? null : { ...found, text: char + text };
    }
    return next === '=' || isDash(next) ? null : plain('-');
  }
  if (char === '.' && next === '.') return plain('..');
  if (char === '+') return next === '=' || next === '+' ? null : plain('+');
  if (char === '*' || char === '/' || char === '%') return next === '=' ? null : plain(char);
  return null;
};

export const parseExpression = (source: Source, commas: Commas = 'list'): Expression => parseBinary(source, 0, commas);

/** Precedence climbing; all binary operators group to the left. */
const parseBinary = (source: Source, floor: number, commas: Commas): Expression => {
  let left = parseArray(source, commas);
  for (;;) {
    const before = source.at;
    source.skipBlanks();
    const token = peekBinary(source);
    if (token === null || bindingPower(token.operator) <= floor) {
      source.at = before;
      return left;
    }
    const operatorStart = source.at;
    source.at += token.text.length;
    source.skipLines();
    if (!startsOperand(source)) {
      source.fail(
        'ExpectedValueExpression',
        `You must provide a value expression following the '${token.text}' operator.`,
        {
          start: operatorStart,
          end: operatorStart + token.text.length,
        },
      );
    }
    const right = parseBinary(source, bindingPower(token.operator), commas);
    const { operator, caseSensitive } = token;
    left = {
      kind: 'binary',
      extent: { start: left.extent.start, end: source.at },
      operator,
      caseSensitive,
      left,
      right,
    };
  }
};

const startsOperand = (source: Source): boolean => !source.atEnd && !'\r\n);}|]&='.includes(source.peek());

const parseArray = (source: Source, commas: Commas): Expression => {
  const first = parseUnary(source);
  if (commas === 'end') return first;
  const elements = [first];
  let end = source.at;
  for (;;) {
    source.skipBlanks();
    if (source.peek() !== ',') break;
    source.at++;
    source.skipLines();
    if (!startsOperand(source)) source.fail('MissingExpressionAfterToken', "Missing expression after ','.");
    elements.push(parseUnary(source));
    end = source.at;
  }
  source.at = end;
  return elements.length === 1 ? first : { kind: 'array', extent: { start: first.extent.start, end }, elements };
};

const unary = (source: Source, start: number, operator: UnaryOperator): Expression => {
  source.skipLines();
  const operand = parseUnary(source);
  return { kind: 'unary', extent: source.from(start), operator, operand };
};

/** `-not`, `-split` and the like, `-` and `--` at a dash. */
const parseDashed = (source: Source): Expression => {
  const start = source.at;
  if (isDash(source.peek(1))) {
    source.at += 2;
    return unary(source, start, '--x');
  }
  source.at++;
  const word = source.match(/[\p{L}_]+/uy)?.[0];
  if (word !== undefined) {
    const operator = readUnaryWord(word);
    if (operator === null)
      source.fail('MissingExpression', `Unexpected token '-${word}' in expression or statement.`, source.from(start));
    return unary(source, start, operator);
  }
  // A sign that touches its number belongs to it, so that -1 is one Int32 and not a subtraction.
  if (isDigit(source.peek()) || source.peek() === '.') {
    const literal = readNumber(source, 'expression');
    if (literal !== null)
      return { ...literal, value: -literal.value, text: `-${literal.text}`, extent: source.from(start) };
  }
  return unary(source, start, '-');
};

export const parseUnary = (source: Source): Expression => {
  const start = source.at;
  const char = source.peek();
  if (isDash(char)) return parseDashed(source);
  if (char === '!') {
    source.at++;
    return unary(source, start, 'not');
  }
  if (char === ',') {
    source.at++;
    return unary(source, start, ',');
  }
  if (char === '+') {
    source.at += source.peek(1) === '+' ? 2 : 1;
    return unary(source, start, source.at - start === 2 ? '++x' : '+');
  }
  return parsePrimary(source);
};
