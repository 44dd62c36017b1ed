import { sqlString } from '../../../telemetry/database.ts';
import type { SqlContext } from '../function-table.ts';
import type { RowFunction } from '../row-function.ts';
import { matchedPattern } from '../regex-syntax.ts';

/** Java's expressions that RE2 does not know: looking around, backreferences, possessive and atomic groups. */
const beyondRe2 = /\(\?(?:[=!>]|<[=!])|\\[1-9]|\\k<|[*+?}]\+|\\Z|\\G/;

/** RE2 spells named groups otherwise; classes such as `\\d` are ASCII in both. */
const translatePattern = (pattern: string): string => pattern.replaceAll(/\(\?<(?![=!])/g, '(?P<');

const isRe2 = (pattern: string): boolean => !beyondRe2.test(pattern.replaceAll(/\[(?:\\.|[^\]\\])*\]/gs, '[x]'));

/** A pattern of Java as one of JavaScript: flags in front become the expression's own. */
export const javaPattern = (pattern: string): RegExp => {
  const flags = new Set<string>();
  // JavaScript has flags for the whole expression only; vendors put theirs in front, or do not mind.
  const source = pattern.replaceAll(/\(\?([imsx]+)\)/g, (_, letters: string) => {
    for (const letter of letters) if ('ims'.includes(letter)) flags.add(letter);
    return '';
  });
  return new RegExp(source.replaceAll(/([*+?}])\+/g, '$1').replaceAll('(?>', '(?:'), [...flags].join(''));
};

/** Whether an expression can be read at all; the reason when it cannot. */
export const patternProblem = (pattern: string): string | null => {
  try {
    javaPattern(pattern);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const compiled = new Map<string, RegExp>();
const cached = (pattern: string): RegExp => {
  const known = compiled.get(pattern) ?? javaPattern(pattern);
  if (compiled.size < 1000) compiled.set(pattern, known);
  return known;
};

const testRow: RowFunction = {
  name: 'sumo_java_matches',
  params: ['string', 'string'],
  result: 'bool',
  compute: (text, pattern) =>
    typeof text === 'string' && typeof pattern === 'string' ? cached(pattern).test(text) : null,
};

const extractRow: RowFunction = {
  name: 'sumo_java_extract',
  params: ['string', 'string', 'long'],
  result: 'string',
  compute: (text, pattern, group) =>
    typeof text === 'string' && typeof pattern === 'string'
      ? (cached(pattern).exec(text)?.[Number(group)] ?? null)
      : null,
};

/** All matches of an expression, as a JSON array of their groups. */
const allRow: RowFunction = {
  name: 'sumo_all_matches',
  params: ['string', 'string'],
  result: 'dynamic',
  compute: (text, pattern) => {
    if (typeof text !== 'string' || typeof pattern !== 'string') return '[]';
    const expression = cached(pattern);
    const everywhere = new RegExp(expression.source, `${expression.flags}g`);
    return JSON.stringify(
      [...text.matchAll(everywhere)].map((match) => [...match].slice(1).map((group) => group ?? null)),
    );
  },
};

export const matchesSql = (text: string, pattern: string, context: SqlContext): string =>
  isRe2(pattern)
    ? `regexp_matches(${text}, ${sqlString(matchedPattern(translatePattern(pattern)))})`
    : context.rowFunction(testRow, [text, sqlString(pattern)]);

/** DuckDB takes no group beyond it. */
const mostGroups = 9;

/** A group of the first match; null where nothing matches. */
export const extractSql = (text: string, pattern: string, group: number, context: SqlContext): string =>
  isRe2(pattern) && group <= mostGroups
    ? `CASE WHEN ${matchesSql(text, pattern, context)} THEN regexp_extract(${text}, ${sqlString(translatePattern(pattern))}, ${group}) END`
    : context.rowFunction(extractRow, [text, sqlString(pattern), String(group)]);

const groupNames = Array.from({ length: mostGroups }, (_, index) => `'g${index + 1}'`);

/**
 * A group where the expression is known to match. All groups come as one value, the same for each of them, which the engine computes
 * once.
 */
export const groupSql = (
  text: string,
  pattern: string,
  { group, groups }: { readonly group: number; readonly groups: number },
  context: SqlContext,
): string =>
  isRe2(pattern) && groups <= mostGroups
    ? `(regexp_extract(${text}, ${sqlString(translatePattern(pattern))}, [${groupNames.slice(0, groups).join(', ')}])).g${group}`
    : context.rowFunction(extractRow, [text, sqlString(pattern), String(group)]);

export const allMatchesSql = (text: string, pattern: string, context: SqlContext): string =>
  context.rowFunction(allRow, [text, sqlString(pattern)]);

/** `$1` of the service is `\1` here. */
export const replaceSql = (text: string, pattern: string, replacement: string): string =>
  `regexp_replace(${text}, ${sqlString(translatePattern(pattern))}, regexp_replace(${replacement}, '\\$(\\d)', '\\\\\\1', 'g'), 'g')`;
