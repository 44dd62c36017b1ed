import { sqlString } from '../../../telemetry/database.ts';
import { hasTerm, termsPattern, type TermMatch } from '../../values/terms.ts';
import { isArray, parseDynamic, printDynamic, type Dynamic } from '../../values/dynamic.ts';
import { toDynamic } from '../coerce.ts';
import type { Arg, FunctionTable, SqlContext, SqlFunction } from '../function-table.ts';
import type { RowFunction } from '../row-function.ts';
import { matchedSql } from './regex.ts';

const literalText = (arg: Arg | undefined): string | null =>
  arg?.literal?.type === 'string' && typeof arg.literal.value === 'string' ? arg.literal.value : null;

const rowTest = (name: string, match: TermMatch, fold: boolean): RowFunction => ({
  name,
  params: ['string', 'string'],
  result: 'bool',
  compute: (text, needle) => {
    if (typeof text !== 'string' || typeof needle !== 'string') return false;
    return fold ? hasTerm(text.toLowerCase(), needle.toLowerCase(), match) : hasTerm(text, needle, match);
  },
});

/**
 * A known searched text is a regular expression behind a plain search that rejects most rows; an unknown one goes row by row.
 */
const termOperator = (name: string, match: TermMatch, fold: boolean, negated: boolean): SqlFunction => {
  const row = rowTest(`kql_${name}${fold ? '' : '_cs'}`, match, fold);
  return {
    params: ['string', 'string'],
    neverNull: true,
    render: ([text, needle], _call, context) => {
      const known = literalText(needle);
      const test =
        known === null
          ? context.rowFunction(row, [text?.sql ?? `''`, needle?.sql ?? `''`])
          : knownTerm(text?.sql ?? `''`, known, match, fold);
      return negated ? `(NOT ${test})` : test;
    },
  };
};

const knownTerm = (text: string, needle: string, match: TermMatch, fold: boolean): string => {
  if (needle === '') return 'TRUE';
  const plain = fold
    ? `contains(lower(${text}), lower(${sqlString(needle)}))`
    : `contains(${text}, ${sqlString(needle)})`;
  const pattern = (fold ? '(?i)' : '') + termsPattern([needle], match);
  return `(${plain} AND regexp_matches(${text}, ${sqlString(pattern)}))`;
};

const plainOperator = (fn: string, fold: boolean, negated: boolean): SqlFunction => ({
  params: ['string', 'string'],
  neverNull: true,
  render: ([text, needle]) => {
    const [a, b] = [text, needle].map((arg) => (fold ? `lower(${arg?.sql})` : arg?.sql));
    return negated ? `(NOT ${fn}(${a}, ${b}))` : `${fn}(${a}, ${b})`;
  },
});

const wholeTerm: TermMatch = { start: true, end: true };

const rowAny = (name: string, all: boolean): RowFunction => ({
  name,
  params: ['string', 'dynamic'],
  result: 'bool',
  compute: (text, list) => {
    const items = typeof list === 'string' ? parseDynamic(list) : null;
    if (typeof text !== 'string' || items === null || items === undefined) return false;
    const flat = (isArray(items) ? items : [items]).flatMap((item) => (isArray(item) ? item : [item]));
    const lower = text.toLowerCase();
    const test = (item: Dynamic): boolean =>
      hasTerm(lower, (typeof item === 'string' ? item : printDynamic(item)).toLowerCase(), wholeTerm);
    return all ? flat.every(test) : flat.some(test);
  },
});

/** `has_any`, `has_all`: known texts as regular expressions, one for all of `has_any`; else the list goes to a row function. */
const listOperator = (name: string, all: boolean): SqlFunction => {
  const row = rowAny(`kql_${name}`, all);
  return {
    params: ['string', 'any'],
    variadic: true,
    neverNull: true,
    render: ([text, ...items], _call, context) => {
      const value = text?.sql ?? `''`;
      const known = items.map(literalText);
      if (known.some((needle) => needle === null)) return context.rowFunction(row, [value, listJson(items, context)]);
      const needles = known.filter((needle) => needle !== null);
      if (all)
        return needles.length === 0
          ? 'TRUE'
          : `(${needles.map((needle) => knownTerm(value, needle, wholeTerm, true)).join(' AND ')})`;
      if (needles.length === 0) return 'FALSE';
      if (needles.includes('')) return 'TRUE';
      const pattern = `(?i)${termsPattern(needles, wholeTerm)}`;
      return `regexp_matches(${value}, ${sqlString(pattern)})`;
    },
  };
};

const listJson = (items: readonly Arg[], context: SqlContext): string =>
  `('[' || concat_ws(',', ${items.map((item) => toDynamic(item, context)).join(', ')}) || ']')`;

const families = [
  ['has', wholeTerm],
  ['hasprefix', { start: true, end: false }],
  ['hassuffix', { start: false, end: true }],
] as const;

const plainFamilies = [
  ['contains', 'contains'],
  ['startswith', 'starts_with'],
  ['endswith', 'ends_with'],
] as const;

const variants = [
  { prefix: '', suffix: '', fold: true, negated: false },
  { prefix: '!', suffix: '', fold: true, negated: true },
  { prefix: '', suffix: '_cs', fold: false, negated: false },
  { prefix: '!', suffix: '_cs', fold: false, negated: true },
];

const matchesRegex: SqlFunction = {
  params: ['string', 'string'],
  neverNull: true,
  render: ([text, pattern]) => `regexp_matches(${text?.sql}, ${matchedSql(pattern)})`,
};

export const stringMatchFunctions: FunctionTable = {
  ...Object.fromEntries<SqlFunction>(
    variants.flatMap(({ prefix, suffix, fold, negated }) => [
      ...families.map(([name, match]): [string, SqlFunction] => [
        `${prefix}${name}${suffix}`,
        termOperator(name, match, fold, negated),
      ]),
      ...plainFamilies.map(([name, fn]): [string, SqlFunction] => [
        `${prefix}${name}${suffix}`,
        plainOperator(fn, fold, negated),
      ]),
    ]),
  ),
  has_any: listOperator('has_any', false),
  has_all: listOperator('has_all', true),
  'matches regex': matchesRegex,
};
