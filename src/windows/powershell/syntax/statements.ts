import type { Block, FlowControl, Statement } from './ast.ts';
import { isIdentifierPart } from './characters.ts';
import { parseFunction } from './functions.ts';
import { parseDo, parseFor, parseForEach, parseWhile } from './loops.ts';
import { atStatementEnd, parsePipeline } from './pipelines.ts';
import { parseSwitch } from './switches.ts';
import { parseIf, parseTrap, parseTry } from './branches.ts';
import type { Source } from './source.ts';
import { readUnsupported } from './unsupported.ts';
import { unexpected } from './words.ts';

/** The statements up to `closer`, which is not consumed; `''` is the end of the text. */
export const parseStatements = (source: Source, closer: ')' | '}' | ''): Statement[] => {
  const statements: Statement[] = [];
  for (;;) {
    source.skipSeparators();
    if (source.atEnd) return statements;
    if (source.peek() === closer) return statements;
    if (')}'.includes(source.peek())) unexpected(source);
    const statement = parseStatement(source);
    statements.push(statement);
    if (endsWithBlock(statement)) continue;
    source.skipBlanks();
    if (!atStatementEnd(source)) unexpected(source);
  }
};

/** Nothing need separate a statement that ends with a block from the next. */
const endsWithBlock = (statement: Statement): boolean =>
  !['pipeline', 'assignment', 'return', 'exit', 'throw', 'break', 'continue'].includes(statement.kind);

export const parseBlock = (source: Source): Block => {
  source.skipLines();
  const start = source.at;
  if (!source.take('{')) source.fail('MissingStatementBlock', 'Missing statement block.');
  const statements = parseStatements(source, '}');
  if (!source.take('}')) {
    source.fail('MissingEndCurlyBrace', "Missing closing '}' in statement block or type definition.", {
      start,
      end: start + 1,
    });
  }
  return { kind: 'block', extent: source.from(start), statements };
};

type Rule = (source: Source, start: number, label: string | null) => Statement;

const flow =
  (kind: FlowControl['kind']): Rule =>
  (source, start) => {
    source.skipBlanks();
    const operand = atStatementEnd(source) ? null : parsePipeline(source);
    return { kind, extent: source.from(start), operand };
  };

const rules: Readonly<Record<string, Rule>> = {
  if: parseIf,
  while: parseWhile,
  do: parseDo,
  for: parseFor,
  foreach: parseForEach,
  switch: parseSwitch,
  try: parseTry,
  trap: parseTrap,
  function: parseFunction,
  filter: parseFunction,
  return: flow('return'),
  exit: flow('exit'),
  throw: flow('throw'),
  break: flow('break'),
  continue: flow('continue'),
  class: readUnsupported('class'),
  enum: readUnsupported('enum'),
  data: readUnsupported('data'),
  using: readUnsupported('using'),
  workflow: readUnsupported('workflow'),
  configuration: readUnsupported('configuration'),
  parallel: readUnsupported('parallel'),
  sequence: readUnsupported('sequence'),
  inlinescript: readUnsupported('inlinescript'),
};

const readLabel = (source: Source): string | null => {
  if (source.peek() !== ':' || !isIdentifierPart(source.peek(1))) return null;
  const label = source.match(/:([\p{L}\p{N}_]+)/uy)?.[1] ?? null;
  source.skipLines();
  return label;
};

export const parseStatement = (source: Source): Statement => {
  const label = readLabel(source);
  const start = source.at;
  // A keyword is a whole word: `if(` is one, `foreach-object` is not.
  const word = source.match(/[a-z]+(?=[\s(){};|&,<>]|$)/iy)?.[0].toLowerCase() ?? '';
  const rule = Object.hasOwn(rules, word) ? rules[word] : undefined;
  if (rule !== undefined) return rule(source, start, label);
  source.at = start;
  return parsePipeline(source);
};
