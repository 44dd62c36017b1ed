import { template, type FunctionTable, type SqlFunction } from '../function-table.ts';
import { coerce } from '../coerce.ts';
import { comparable } from './comparison.ts';

const round: SqlFunction = {
  params: ['real', 'long'],
  render: ([value, digits]) =>
    `CASE WHEN isfinite(${value?.sql}) THEN round(${value?.sql}, ${digits === undefined ? '0' : `${digits.sql}::INTEGER`}) ELSE ${value?.sql} END`,
};

/** DuckDB raises an error where the service gives NaN or an infinity. */
const guarded = (fn: string, when: string, otherwise: string): SqlFunction =>
  template(['real'], `CASE WHEN ${when} THEN ${fn}($1) WHEN $1 IS NOT NULL THEN ${otherwise} END`);

const logarithm = (fn: string): SqlFunction => guarded(fn, '$1 > 0', `CASE WHEN $1 = 0 THEN DOUBLE '-Infinity' END`);

const abs: SqlFunction = {
  params: ['any'],
  render: ([value], call, context) => {
    const sql =
      value === undefined ? 'NULL' : value.type === 'dynamic' ? coerce(value, 'real', context).sql : value.sql;
    return call.type === 'long' || call.type === 'timespan'
      ? `TRY_CAST(abs(${sql}::HUGEINT) AS BIGINT)`
      : `abs(${sql})`;
  },
};

/** Nulls are left out. */
const extremeOf = (fn: 'greatest' | 'least'): SqlFunction => ({
  params: ['any'],
  variadic: true,
  mayBeNullText: true,
  render: (args, call, context) => {
    const values = args.map((arg) => coerce(arg, call.type, context).sql);
    const extreme = `${fn}(${values.join(', ')})`;
    if (call.type !== 'real') return extreme;
    return `CASE WHEN ${values.map((value) => `isnan(${value})`).join(' OR ')} THEN DOUBLE 'NaN' ELSE ${extreme} END`;
  },
});

/** A whole number below or above, of the argument's own type. */
const toWhole = (fn: 'floor' | 'ceil'): SqlFunction => ({
  params: ['any'],
  render: ([value], call, context) => {
    if (value === undefined) return 'NULL';
    return call.type === 'decimal' ? value.sql : `${fn}(${coerce(value, 'real', context).sql})`;
  },
});

const bitwise = (operator: string): SqlFunction => template(['long', 'long'], `($1 ${operator} $2)`);

const around: SqlFunction = {
  params: ['any', 'any', 'any'],
  render: ([value, center, delta], _call, context) => {
    if (value === undefined || center === undefined || delta === undefined) return 'NULL';
    const [a, b] = comparable(value, center, context);
    return `(${a.sql} BETWEEN ${b.sql} - ${delta.sql} AND ${b.sql} + ${delta.sql})`;
  },
};

export const numericFunctions: FunctionTable = {
  round,
  around,
  abs,
  ceiling: toWhole('ceil'),
  sqrt: guarded('sqrt', '$1 >= 0', `DOUBLE 'NaN'`),
  exp: template(['real'], 'exp($1)'),
  exp2: template(['real'], "pow(DOUBLE '2', $1)"),
  exp10: template(['real'], "pow(DOUBLE '10', $1)"),
  log: logarithm('ln'),
  log10: logarithm('log10'),
  log2: logarithm('log2'),
  pow: template(['real', 'real'], 'pow($1, $2)'),
  sin: template(['real'], 'sin($1)'),
  cos: template(['real'], 'cos($1)'),
  tan: template(['real'], 'tan($1)'),
  cot: template(['real'], '(1 / tan($1))'),
  asin: guarded('asin', '$1 BETWEEN -1 AND 1', `DOUBLE 'NaN'`),
  acos: guarded('acos', '$1 BETWEEN -1 AND 1', `DOUBLE 'NaN'`),
  atan: template(['real'], 'atan($1)'),
  atan2: template(['real', 'real'], 'atan2($1, $2)'),
  degrees: template(['real'], 'degrees($1)'),
  radians: template(['real'], 'radians($1)'),
  pi: template([], 'pi()', { neverNull: true }),
  sign: template(['real'], 'sign($1)::DOUBLE'),
  rand: {
    params: ['real'],
    neverNull: true,
    render: ([below], call, context) => {
      const value = below === undefined ? 'random()' : `floor(random() * ${below.sql})`;
      return coerce({ sql: value, type: 'real', nullable: false, literal: null }, call.type, context).sql;
    },
  },
  isnan: template(['real'], 'isnan($1)'),
  isinf: template(['real'], 'isinf($1)'),
  isfinite: template(['real'], 'isfinite($1)'),
  max_of: extremeOf('greatest'),
  min_of: extremeOf('least'),
  binary_and: bitwise('&'),
  binary_or: bitwise('|'),
  binary_xor: template(['long', 'long'], 'xor($1, $2)'),
  binary_not: template(['long'], '(~$1)'),
  binary_shift_left: template(
    ['long', 'long'],
    '(CASE WHEN $2 BETWEEN 0 AND 63 THEN (((($1::HUGEINT & 18446744073709551615::HUGEINT) * pow(2::DOUBLE, $2)::HUGEINT) + 9223372036854775808::HUGEINT) % 18446744073709551616::HUGEINT - 9223372036854775808::HUGEINT)::BIGINT END)',
  ),
  binary_shift_right: template(['long', 'long'], '($1 >> $2)'),
  bitset_count_ones: template(['long'], 'bit_count($1)::BIGINT'),
};
