import type { Attribute, Parameter } from './ast.ts';
import { parseExpression } from './expressions.ts';
import type { Source } from './source.ts';
import { readTypeName } from './type-names.ts';
import { readDollar } from './variables.ts';

interface Attributes {
  readonly attributes: readonly Attribute[];
  /** The last type in brackets. */
  readonly type: string | null;
}

const readAttributeArguments = (source: Source): Pick<Attribute, 'positional' | 'named'> => {
  const positional = [];
  const named = [];
  source.at++;
  for (;;) {
    source.skipLines();
    if (source.take(')')) return { positional, named };
    if (source.take(',')) continue;
    const name = source.match(/([\p{L}_][\p{L}\p{N}_]*)\s*(=|(?=[,)\s]))/uy);
    if (name === null) positional.push(parseExpression(source, 'end'));
    else {
      source.skipLines();
      named.push({ name: name[1] ?? '', value: name[2] === '=' ? parseExpression(source, 'end') : null });
    }
    source.skipLines();
    if (!/[,)]/.test(source.peek()))
      source.fail('MissingEndParenthesisInExpression', "Missing closing ')' in expression.");
  }
};

/** All bracketed attributes and types that stand here. */
export const parseAttributes = (source: Source): Attributes => {
  const attributes: Attribute[] = [];
  let type: string | null = null;
  for (;;) {
    source.skipLines();
    if (source.peek() !== '[') return { attributes, type };
    const start = source.at;
    const name = source.match(/\[\s*([\p{L}_][\p{L}\p{N}_.]*)\s*(?=\()/uy)?.[1];
    if (name === undefined) {
      source.at++;
      type = readTypeName(source);
      continue;
    }
    const args = readAttributeArguments(source);
    source.skipLines();
    if (!source.take(']'))
      source.fail('EndSquareBracketExpectedAtEndOfAttribute', 'Missing ] at end of attribute or type literal.');
    attributes.push({ name, extent: source.from(start), ...args });
  }
};

const parseParameter = (source: Source): Parameter => {
  const start = source.at;
  const { attributes, type } = parseAttributes(source);
  const variable = source.peek() === '$' ? readDollar(source) : null;
  if (variable?.kind !== 'variable') {
    return source.fail('MissingEndParenthesisInFunctionParameterList', "Missing ')' in function parameter list.");
  }
  const end = source.at;
  source.skipLines();
  if (!source.take('=')) {
    source.at = end;
    return { name: variable.name, extent: source.from(start), attributes, type, defaultValue: null };
  }
  source.skipLines();
  const defaultValue = parseExpression(source, 'end');
  return { name: variable.name, extent: source.from(start), attributes, type, defaultValue };
};

/** `( [type]$name = default, … )`. */
export const parseParameters = (source: Source): Parameter[] => {
  const parameters: Parameter[] = [];
  source.at++;
  for (;;) {
    source.skipLines();
    if (parameters.length === 0 && source.take(')')) return parameters;
    parameters.push(parseParameter(source));
    source.skipLines();
    if (source.take(',')) continue;
    if (source.take(')')) return parameters;
    source.fail('MissingEndParenthesisInFunctionParameterList', "Missing ')' in function parameter list.");
  }
};
