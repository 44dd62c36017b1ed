import { sqlString } from '../../../telemetry/database.ts';
import type { Arg, FunctionTable, SqlFunction } from '../function-table.ts';
import { isNumeric } from '../types.ts';
import { matchesSql } from './sumo-regex.ts';
import { asNumber, asReal, asText, asTruth, asType } from './sumo-values.ts';

type Test = SqlFunction['render'];

/** Numbers with numbers, and a text with a number as the number it holds; else as texts. */
const compared = (left: Arg, right: Arg): readonly [string, string] => {
  if (left.type === 'bool' || right.type === 'bool') return [asTruth(left), asTruth(right)];
  return isNumeric(left.type) || isNumeric(right.type)
    ? [asNumber(left), asNumber(right)]
    : [asText(left), asText(right)];
};

const comparison =
  (operator: string): Test =>
  ([left, right]) => {
    if (left === undefined || right === undefined) return 'NULL';
    const [a, b] = compared(left, right);
    return `(${a} ${operator} ${b})`;
  };

const among: Test = ([value, ...items]) =>
  value === undefined || items.length === 0
    ? 'FALSE'
    : `(${items
        .map((item) => {
          // A text is no number here: `x in (1, 2)` wants numbers on both sides.
          const [a, b] = compared(value, item);
          return `${a} = ${b}`;
        })
        .join(' OR ')})`;

const likePattern = (pattern: string): string => pattern.replaceAll(/[\\%_]/g, '\\$&').replaceAll('*', '%');

/** The plain shapes by the functions that an engine is fast at. */
const literalWildcard = (text: string, pattern: string): string => {
  const [, before = '', middle = '', after = ''] = /^(\**)([^*]*)(\**)$/s.exec(pattern) ?? [];
  if (middle === '') return `(${text} LIKE ${sqlString(likePattern(pattern))} ESCAPE '\\')`;
  if (before !== '') return `${after === '' ? 'ends_with' : 'contains'}(${text}, ${sqlString(middle)})`;
  return after === '' ? `(${text} = ${sqlString(middle)})` : `starts_with(${text}, ${sqlString(middle)})`;
};

/** `*` stands for any characters; the whole value must match. */
const wildcard: Test = ([value, pattern]) => {
  if (value === undefined || pattern === undefined) return 'NULL';
  const known = pattern.literal?.value;
  if (typeof known === 'string') return literalWildcard(asText(value), known);
  const like = `replace(replace(replace(replace(${asText(pattern)}, '\\', '\\\\'), '%', '\\%'), '_', '\\_'), '*', '%')`;
  return `(${asText(value)} LIKE ${like} ESCAPE '\\')`;
};

const expression: Test = ([value, pattern], _call, context) =>
  value === undefined ? 'NULL' : matchesSql(asText(value), String(pattern?.literal?.value ?? ''), context);

const tests: Readonly<Record<string, Test>> = {
  '=': comparison('='),
  '!=': comparison('<>'),
  '<': comparison('<'),
  '<=': comparison('<='),
  '>': comparison('>'),
  '>=': comparison('>='),
  in: among,
  like: wildcard,
  regex: expression,
  'sql-like': ([value, pattern]) =>
    value === undefined || pattern === undefined ? 'NULL' : `(${asText(value)} LIKE ${asText(pattern)} ESCAPE '\\')`,
};

/** Each test twice: `sumo:=` is false where a side is null, `sumo3:=` is null there. */
const testTable: FunctionTable = Object.fromEntries(
  Object.entries(tests).flatMap(([name, test]): [string, SqlFunction][] => [
    [
      `sumo:${name}`,
      {
        params: ['any'],
        variadic: true,
        neverNull: true,
        render: (args, call, context) => `coalesce(${test(args, call, context)}, FALSE)`,
        condition: test,
      },
    ],
    [`sumo3:${name}`, { params: ['any'], variadic: true, render: test }],
  ]),
);

const infix = (operator: string): SqlFunction => ({
  params: ['any'],
  variadic: true,
  render: (args) => `(${args.map(asTruth).join(` ${operator} `)})`,
});

const conditional: SqlFunction = {
  params: ['any', 'any', 'any'],
  render: ([condition, yes, no], call) => {
    if (condition === undefined || yes === undefined || no === undefined) return 'NULL';
    return `CASE WHEN ${asTruth(condition)} THEN ${asType(yes, call.type)} ELSE ${asType(no, call.type)} END`;
  },
};

const known = (render: (arg: Arg) => string): SqlFunction => ({
  params: ['any'],
  neverNull: true,
  render: ([arg]) => (arg === undefined ? 'NULL' : render(arg)),
});

/** DuckDB's `%` takes the dividend's sign, as Java's does. */
const arithmetic = (operator: string): SqlFunction => ({
  params: ['any', 'any'],
  render: ([left, right], call) => {
    if (left === undefined || right === undefined) return 'NULL';
    if (call.type === 'long') return `TRY(${asNumber(left)} ${operator} ${asNumber(right)})`;
    return `(${asReal(left)} ${operator} ${asReal(right)})`;
  },
});

export const sumoLogicFunctions: FunctionTable = {
  ...testTable,
  'sumo:and': infix('AND'),
  'sumo:or': infix('OR'),
  'sumo:not': { params: ['any'], render: ([arg]) => (arg === undefined ? 'NULL' : `(NOT ${asTruth(arg)})`) },
  'sumo:if': conditional,
  'sumo:null': { params: [], render: (_args, call) => (call.type === 'string' ? 'NULL::VARCHAR' : 'NULL') },
  'sumo:isnull': known(({ sql }) => `(${sql} IS NULL)`),
  'sumo:isempty': known((arg) => `coalesce(${asText(arg)} = '', TRUE)`),
  'sumo:isblank': known((arg) => `coalesce(trim(${asText(arg)}, ' ' || chr(9) || chr(10) || chr(13)) = '', TRUE)`),
  'sumo:+': arithmetic('+'),
  'sumo:-': arithmetic('-'),
  'sumo:*': arithmetic('*'),
  'sumo:/': arithmetic('/'),
  'sumo:%': arithmetic('%'),
  'sumo:negate': { params: ['any'], render: ([arg]) => (arg === undefined ? 'NULL' : `(-(${asNumber(arg)}))`) },
};
