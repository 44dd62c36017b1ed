import type { ScalarType } from '../../../model/table.ts';
import { coerce } from '../coerce.ts';
import type { Arg, FunctionTable, SqlContext, SqlFunction } from '../function-table.ts';
import { onceEach } from '../once.ts';
import { isNumeric } from '../types.ts';

/** The type in which two values are compared: a dynamic value as the other's type, different scalars as text. */
const commonType = (left: ScalarType, right: ScalarType): ScalarType | null => {
  if (left === right) return left;
  if (isNumeric(left) && isNumeric(right)) return null;
  if (left === 'dynamic') return right === 'int' || right === 'long' ? 'real' : right;
  if (right === 'dynamic') return left === 'int' || left === 'long' ? 'real' : left;
  if (left === 'bool' && isNumeric(right)) return right;
  if (right === 'bool' && isNumeric(left)) return left;
  return 'string';
};

export const comparable = (left: Arg, right: Arg, context: SqlContext): readonly [Arg, Arg] => {
  const type = commonType(left.type, right.type);
  return type === null ? [left, right] : [coerce(left, type, context), coerce(right, type, context)];
};

/** DuckDB puts NaN above everything and equal to itself; here no comparison with it holds. */
const notNan = (arg: Arg): string | null =>
  arg.type === 'real' && (arg.literal === null || arg.literal.value === 'NaN') ? `NOT isnan(${arg.sql})` : null;

export const equality = (left: Arg, right: Arg, context: SqlContext): string => {
  const [a, b] = comparable(left, right, context);
  // Only where both sides may be NaN can two of them meet.
  const guards = [notNan(a), notNan(b)];
  const test = `${a.sql} = ${b.sql}`;
  return guards.includes(null) ? `(${test})` : `(${test} AND ${guards[0]})`;
};

/** `==` is false, and `!=` true, where one side is null; where both are, nothing is known. */
const equal = (negated: boolean): SqlFunction => ({
  params: ['any', 'any'],
  nullOnlyOfNulls: true,
  ...(negated
    ? {}
    : {
        condition: ([left, right], _call, context) =>
          left === undefined || right === undefined ? 'NULL' : equality(left, right, context),
      }),
  render: ([left, right], _call, context) => {
    if (left === undefined || right === undefined) return 'NULL';
    const known =
      left.nullable && right.nullable
        ? onceEach([left.sql, right.sql], ([a = '', b = '']) => {
            const test = equality(renamed(left, a), renamed(right, b), context);
            return `CASE WHEN ${a} IS NULL AND ${b} IS NULL THEN NULL ELSE coalesce(${test}, FALSE) END`;
          })
        : withoutNull(left, right, context);
    return negated ? `(NOT ${known})` : known;
  },
});

/** The same value, of which nothing but its type is known. */
const renamed = ({ type, nullable, literal }: Arg, sql: string): Arg => ({ sql, type, nullable, literal });

const withoutNull = (left: Arg, right: Arg, context: SqlContext): string => {
  const test = equality(left, right, context);
  return left.nullable || right.nullable ? `coalesce(${test}, FALSE)` : test;
};

/** Null where one side is null. */
const ordering = (operator: '<' | '<=' | '>' | '>='): SqlFunction => ({
  params: ['any', 'any'],
  render: ([left, right], _call, context) => {
    if (left === undefined || right === undefined) return 'NULL';
    const [a, b] = comparable(left, right, context);
    const guards = [notNan(a), notNan(b)].filter((guard) => guard !== null);
    return `(${[`${a.sql} ${operator} ${b.sql}`, ...guards].join(' AND ')})`;
  },
});

const between = (negated: boolean): SqlFunction => ({
  params: ['any', 'any', 'any'],
  render: ([value, low, high], call, context) => {
    if (value === undefined || low === undefined || high === undefined) return 'NULL';
    const from = ordering('>=').render([value, low], call, context);
    const to = ordering('<=').render([value, high], call, context);
    return negated ? `(NOT (${from} AND ${to}))` : `(${from} AND ${to})`;
  },
});

const insensitive = (negated: boolean): SqlFunction => ({
  params: ['string', 'string'],
  neverNull: true,
  render: ([left, right]) => `(lower(${left?.sql}) ${negated ? '<>' : '='} lower(${right?.sql}))`,
});

export const comparisonFunctions: FunctionTable = {
  '==': equal(false),
  '!=': equal(true),
  '<': ordering('<'),
  '<=': ordering('<='),
  '>': ordering('>'),
  '>=': ordering('>='),
  between: between(false),
  '!between': between(true),
  '=~': insensitive(false),
  '!~': insensitive(true),
};
