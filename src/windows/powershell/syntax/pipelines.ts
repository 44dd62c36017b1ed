import type { Assignment, CommandExpression, Pipeline, PipelineElement, Redirection, Statement } from './ast.ts';
import { isBlank, isDash, isDigit, isDoubleQuote, isNewline, isSingleQuote } from './characters.ts';
import { parseCommand } from './commands.ts';
import { parseExpression } from './expressions.ts';
import { readNumber } from './numbers.ts';
import { readUnaryWord } from './operators.ts';
import { readRedirection } from './redirections.ts';
import type { Source } from './source.ts';
import { parseStatement } from './statements.ts';
import { unexpected } from './words.ts';

const startsNumber = (source: Source): boolean => {
  const start = source.at;
  const number = readNumber(source, 'expression');
  source.at = start;
  return number !== null;
};

/** Does an expression stand here, rather than a command? Decided by the first characters, as in PowerShell. */
const startsExpression = (source: Source): boolean => {
  const char = source.peek();
  const next = source.peek(1);
  if (isSingleQuote(char) || isDoubleQuote(char) || (char !== '' && '$([{@!,+'.includes(char))) return true;
  if (isDigit(char) || (char === '.' && isDigit(next))) return startsNumber(source);
  if (!isDash(char)) return false;
  const word = /[\p{L}_]+/uy;
  word.lastIndex = source.at + 1;
  const text = word.exec(source.text)?.[0];
  return text === undefined
    ? isDigit(next) || isDash(next) || isBlank(next) || (next !== '' && '$(.['.includes(next))
    : readUnaryWord(text) !== null;
};

/** `.` alone is dot-sourcing; `.\script` is a name. */
const isDotSource = (source: Source): boolean => {
  const next = source.peek(1);
  return (
    source.peek() === '.' &&
    (isBlank(next) || isSingleQuote(next) || isDoubleQuote(next) || (next !== '' && '$({&'.includes(next)))
  );
};

const parseElement = (source: Source): PipelineElement => {
  if (startsExpression(source)) return parseCommandExpression(source);
  if (source.peek() === '&' && source.peek(1) !== '&') {
    source.at++;
    return parseCommand(source, '&');
  }
  if (isDotSource(source)) {
    source.at++;
    return parseCommand(source, '.');
  }
  if (source.peek() === '') unexpected(source);
  return parseCommand(source, '');
};

const parseCommandExpression = (source: Source): CommandExpression => {
  const expression = parseExpression(source);
  const redirections: Redirection[] = [];
  let end = source.at;
  for (;;) {
    source.skipBlanks();
    if (source.peek() === '<') break;
    const redirection = readRedirection(source);
    if (redirection === null) break;
    redirections.push(redirection);
    end = source.at;
  }
  source.at = end;
  return { kind: 'command-expression', extent: { start: expression.extent.start, end }, expression, redirections };
};

const parseAssignment = (source: Source, target: CommandExpression): Assignment | null => {
  const before = source.at;
  source.skipBlanks();
  const operator = source.match(/[-+*/%]?=/y)?.[0] as Assignment['operator'] | undefined;
  if (operator === undefined) {
    source.at = before;
    return null;
  }
  source.skipLines();
  if (source.atEnd || ';)}'.includes(source.peek())) {
    source.fail('ExpectedValueExpression', `You must provide a value expression following the '${operator}' operator.`);
  }
  const value = parseStatement(source);
  const { start } = target.extent;
  return { kind: 'assignment', extent: { start, end: source.at }, target: target.expression, operator, value };
};

export const parsePipeline = (source: Source): Statement => {
  const first = parseElement(source);
  if (first.kind === 'command-expression' && first.redirections.length === 0) {
    const assignment = parseAssignment(source, first);
    if (assignment !== null) return assignment;
  }
  const elements: Pipeline['elements'][number][] = [];
  let end = source.at;
  for (;;) {
    source.skipBlanks();
    if (source.peek() !== '|') break;
    if (source.peek(1) === '|') unexpected(source);
    source.at++;
    source.skipLines();
    if (source.atEnd || '|;)}'.includes(source.peek()))
      source.fail('EmptyPipeElement', 'An empty pipe element is not allowed.');
    elements.push(parseLaterElement(source));
    end = source.at;
  }
  source.at = end;
  return { kind: 'pipeline', extent: { start: first.extent.start, end }, elements: [first, ...elements] };
};

const parseLaterElement = (source: Source): PipelineElement => {
  const start = source.at;
  const element = parseElement(source);
  if (element.kind === 'command-expression') {
    source.fail(
      'ExpressionsMustBeFirstInPipeline',
      'Expressions are only allowed as the first element of a pipeline.',
      source.from(start),
    );
  }
  return element;
};

/** True where a statement that is no block may end. */
export const atStatementEnd = (source: Source): boolean => {
  const char = source.peek();
  return char === '' || isNewline(char) || ';)}'.includes(char);
};
