import type { Block, Statement, Switch } from './ast.ts';
import { parseArgument } from './commands.ts';
import { parseCondition } from './branches.ts';
import type { Expression } from './expression-ast.ts';
import type { Source } from './source.ts';
import { parseBlock } from './statements.ts';

type Options = Pick<Switch, 'match' | 'caseSensitive' | 'file'>;

const readOptions = (source: Source): Options => {
  let options: Options = { match: 'exact', caseSensitive: false, file: false };
  for (;;) {
    source.skipLines();
    const flag = source.match(/-([a-z]+)/iy)?.[1]?.toLowerCase();
    if (flag === undefined) return options;
    if ('regex'.startsWith(flag)) options = { ...options, match: 'regex' };
    else if ('wildcard'.startsWith(flag)) options = { ...options, match: 'wildcard' };
    else if ('casesensitive'.startsWith(flag)) options = { ...options, caseSensitive: true };
    else if ('file'.startsWith(flag)) options = { ...options, file: true };
    else if (!'exact'.startsWith(flag) && !'parallel'.startsWith(flag)) {
      source.fail('InvalidSwitchFlag', `The parameter '-${flag}' for the 'switch' statement is not valid.`);
    }
  }
};

const parseSubject = (source: Source, options: Options): Statement => {
  if (!options.file || source.peek() === '(') return parseCondition(source, 'switch');
  const expression = parseArgument(source);
  const { extent } = expression;
  return { kind: 'pipeline', extent, elements: [{ kind: 'command-expression', extent, expression, redirections: [] }] };
};

export const parseSwitch = (source: Source, start: number, label: string | null): Switch => {
  const options = readOptions(source);
  const subject = parseSubject(source, options);
  source.skipLines();
  if (!source.take('{')) source.fail('MissingCurlyBraceInSwitchStatement', "Missing opening '{' in switch statement.");
  const clauses: { test: Expression; body: Block }[] = [];
  let otherwise: Block | null = null;
  for (;;) {
    source.skipSeparators();
    if (source.take('}')) break;
    if (source.atEnd) source.fail('MissingSwitchConditionExpression', 'Missing condition in switch statement clause.');
    if (source.match(/default(?=[\s{])/iy) !== null) otherwise = parseBlock(source);
    else {
      const test = parseArgument(source);
      clauses.push({ test, body: parseBlock(source) });
    }
  }
  return { kind: 'switch', extent: source.from(start), label, ...options, subject, clauses, otherwise };
};
