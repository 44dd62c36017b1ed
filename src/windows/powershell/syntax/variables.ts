import { isIdentifierPart, isVariablePart } from './characters.ts';
import type { Expression, Variable } from './expression-ast.ts';
import type { Source } from './source.ts';
import { parseSubExpression } from './groups.ts';

const split = (text: string): Pick<Variable, 'name' | 'qualifier'> => {
  const colon = text.indexOf(':');
  if (colon <= 0) return { name: text, qualifier: null };
  return { qualifier: text.slice(0, colon).toLowerCase(), name: text.slice(colon + 1) };
};

/** `${any name}`; a backtick escapes a brace. */
const readBraced = (source: Source, start: number): Variable => {
  let name = '';
  source.at += 2;
  while (source.peek() !== '}') {
    if (source.atEnd)
      source.fail('IncompleteDollarVariableReference', 'Incomplete variable reference token.', source.from(start));
    if (source.peek() === '`') source.at++;
    name += source.peek();
    source.at++;
  }
  source.at++;
  return { kind: 'variable', extent: source.from(start), ...split(name) };
};

const readName = (source: Source, start: number): Variable => {
  const wordStart = source.at;
  while (isVariablePart(source.peek())) source.at++;
  if (source.peek() === ':' && source.peek(1) !== ':' && isVariablePart(source.peek(1))) {
    source.at++;
    while (isVariablePart(source.peek())) source.at++;
  } else if (source.peek() === ':' && source.peek(1) !== ':') {
    source.fail(
      'InvalidVariableReferenceWithDrive',
      "Variable reference is not valid. ':' was not followed by a valid variable name character. Consider using ${} to delimit the name.",
      { start, end: source.at + 1 },
    );
  }
  return { kind: 'variable', extent: source.from(start), ...split(source.text.slice(wordStart, source.at)) };
};

/** `$name`, `${name}`, `$$`, `$?`, `$^` or `$( … )` at a dollar sign; null when the sign stands for itself. */
export const readDollar = (source: Source): Expression | null => {
  const start = source.at;
  const next = source.peek(1);
  if (next === '(') return parseSubExpression(source);
  if (next === '{') return readBraced(source, start);
  if (next === '$' || next === '^' || (next === '?' && !isIdentifierPart(source.peek(2)))) {
    source.at += 2;
    return { kind: 'variable', extent: source.from(start), name: next, qualifier: null };
  }
  if (!isVariablePart(next) && !(next === ':' && isVariablePart(source.peek(2)))) return null;
  source.at++;
  return readName(source, start);
};

/** `@name`, whose value becomes several arguments. */
export const readSplat = (source: Source): Variable | null => {
  const start = source.at;
  if (!isVariablePart(source.peek(1))) return null;
  source.at++;
  return readName(source, start);
};
