import type { Command, CommandArgument, Redirection } from './ast.ts';
import {
  endsWord,
  isBlank,
  isDash,
  isDigit,
  isDoubleQuote,
  isIdentifierStart,
  isNewline,
  isSingleQuote,
} from './characters.ts';
import type { Expression } from './expression-ast.ts';
import { readNumber } from './numbers.ts';
import { parseAtomOrNull, parsePostfix } from './primary.ts';
import { readRedirection } from './redirections.ts';
import type { Source } from './source.ts';
import { readSplat } from './variables.ts';
import { readWord, unexpected } from './words.ts';

/** True where a command's arguments end. */
const atCommandEnd = (source: Source): boolean => {
  const char = source.peek();
  return char === '' || isNewline(char) || ';|)}'.includes(char);
};

/** `$x` alone, or the head of a word like `$env:TEMP\file`? The head when something sticks to it that is no attachment. */
const variableHeadsWord = (source: Source): boolean => {
  const start = source.at;
  parseAtomOrNull(source);
  const next = source.peek();
  const heads = !endsWord(next) && next !== '.' && next !== '[' && !source.startsWith('::');
  const isVariable = source.text[start + 1] !== '(';
  source.at = start;
  return heads && isVariable;
};

/** One argument, without the commas that make a list of several. */
const parseArgumentItem = (source: Source): Expression => {
  const char = source.peek();
  if (char === '$' && variableHeadsWord(source)) return readWord(source);
  const atom = parseAtomOrNull(source);
  if (atom !== null) return parsePostfix(source, atom, 'argument');
  const sign = isDash(char) && (isDigit(source.peek(1)) || source.peek(1) === '.') ? 1 : 0;
  if (isDigit(source.peek(sign)) || source.peek(sign) === '.') {
    const start = source.at;
    source.at += sign;
    const number = readNumber(source, 'argument');
    if (number !== null) {
      return sign === 0
        ? number
        : { ...number, value: -number.value, text: `-${number.text}`, extent: source.from(start) };
    }
    source.at = start;
  }
  return readWord(source);
};

/** `a, b,c` is one argument. */
export const parseArgument = (source: Source): Expression => {
  const first = parseArgumentItem(source);
  const elements = [first];
  let end = source.at;
  for (;;) {
    source.skipBlanks();
    if (source.peek() !== ',') break;
    source.at++;
    source.skipLines();
    if (atCommandEnd(source)) source.fail('MissingArgument', 'Missing argument in parameter list.');
    elements.push(parseArgumentItem(source));
    end = source.at;
  }
  source.at = end;
  return elements.length === 1 ? first : { kind: 'array', extent: { start: first.extent.start, end }, elements };
};

/** A name after a dash. It ends at `.` and `[` too, which is why `-foo.bar` reaches a program in two pieces. */
const readParameter = (source: Source): CommandArgument | null => {
  const start = source.at;
  const found = source.match(/[–—―-]([\p{L}_?][^\s(){};,|&.[:'"<>]*)(:?)/uy);
  if (found === null) return null;
  if (isSingleQuote(source.peek()) || isDoubleQuote(source.peek())) {
    if (found[2] !== ':') {
      // A quote inside makes it a plain word.
      source.at = start;
      return null;
    }
  }
  const name = found[1] ?? '';
  if (found[2] !== ':') return { kind: 'parameter', extent: source.from(start), name, value: null };
  source.skipBlanks();
  if (atCommandEnd(source)) source.fail('ParameterRequiresArgument', `Parameter -${name} requires an argument.`);
  const value = parseArgument(source);
  return { kind: 'parameter', extent: source.from(start), name, value };
};

const readCommandArgument = (source: Source): CommandArgument => {
  const start = source.at;
  if (source.startsWith('--%') && (source.peek(3) === '' || isBlank(source.peek(3)) || isNewline(source.peek(3)))) {
    source.at += 3;
    const text = source.match(/[^\r\n|]*/y)?.[0].trim() ?? '';
    return { kind: 'verbatim', extent: source.from(start), text };
  }
  if (isDash(source.peek()) && (isIdentifierStart(source.peek(1)) || source.peek(1) === '?')) {
    const parameter = readParameter(source);
    if (parameter !== null) return parameter;
  }
  if (source.peek() === '@' && !'({\'"'.includes(source.peek(1))) {
    const variable = readSplat(source);
    if (variable !== null) return { kind: 'splat', extent: variable.extent, variable: variable.name };
  }
  const value = parseArgument(source);
  return { kind: 'value', extent: value.extent, value };
};

const readName = (source: Source, invocation: Command['invocation']): Expression => {
  if (invocation === '') return readWord(source);
  source.skipBlanks();
  if (atCommandEnd(source)) {
    source.fail(
      'MissingExpression',
      `The expression after '${invocation}' in a pipeline element produced an object that was not valid.`,
    );
  }
  return parseArgumentItem(source);
};

/** A command from its name to the end of its arguments. */
export const parseCommand = (source: Source, invocation: Command['invocation']): Command => {
  const start = source.at - invocation.length;
  const name = readName(source, invocation);
  const args: CommandArgument[] = [];
  const redirections: Redirection[] = [];
  let end = source.at;
  for (;;) {
    source.skipBlanks();
    if (atCommandEnd(source)) break;
    if (source.peek() === '&') unexpected(source);
    const redirection = readRedirection(source);
    if (redirection !== null) redirections.push(redirection);
    else args.push(readCommandArgument(source));
    end = source.at;
  }
  // Blanks and comments behind the last argument are not part of the command.
  source.at = end;
  return { kind: 'command', extent: { start, end }, invocation, name, arguments: args, redirections };
};
