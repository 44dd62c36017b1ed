import type { ScalarType } from '../../../model/table.ts';
import { coerce } from '../coerce.ts';
import { once } from '../once.ts';
import type { Arg, FunctionTable, SqlContext, SqlFunction } from '../function-table.ts';

const isTime = (type: ScalarType): boolean => type === 'datetime' || type === 'timespan';

/** 64-bit integers wrap around, as the service's do; DuckDB would raise an error. */
export const wrapLong = (hugeint: string): string =>
  `((((${hugeint}) + 9223372036854775808::HUGEINT) % 18446744073709551616::HUGEINT + 18446744073709551616::HUGEINT) % 18446744073709551616::HUGEINT - 9223372036854775808::HUGEINT)::BIGINT`;

const wrapInt = (bigint: string): string =>
  `((((${bigint}) + 2147483648) % 4294967296 + 4294967296) % 4294967296 - 2147483648)::INTEGER`;

const integers = (operator: string, type: ScalarType, a: Arg, b: Arg): string =>
  type === 'int'
    ? wrapInt(`${a.sql}::BIGINT ${operator} ${b.sql}::BIGINT`)
    : wrapLong(`${a.sql}::HUGEINT ${operator} ${b.sql}::HUGEINT`);

/** Dynamic operands count as the numbers they hold. */
const numeric = (arg: Arg, context: SqlContext): Arg =>
  arg.type === 'dynamic' || arg.type === 'bool' ? coerce(arg, 'real', context) : arg;

const additive = (operator: '+' | '-'): SqlFunction => ({
  params: ['any', 'any'],
  render: ([left, right], call, context) => {
    if (left === undefined || right === undefined) return 'NULL';
    if (isTime(call.type)) {
      const [a, b] = [left, right].map((arg) => (isTime(arg.type) ? arg : coerce(arg, 'timespan', context)));
      // Out of range is null, as in the service; no datetime is negative.
      const result = `${a?.sql}::HUGEINT ${operator} ${b?.sql}`;
      return call.type === 'datetime'
        ? `TRY_CAST(TRY_CAST(${result} AS UBIGINT) AS BIGINT)`
        : `TRY_CAST(${result} AS BIGINT)`;
    }
    const [a, b] = [numeric(left, context), numeric(right, context)];
    if (call.type === 'long' || call.type === 'int') return integers(operator, call.type, a, b);
    return `(${coerce(a, call.type, context).sql} ${operator} ${coerce(b, call.type, context).sql})`;
  },
});

const ticksOf = (real: string): string => `TRY_CAST(trunc(${real}) AS BIGINT)`;

const multiply: SqlFunction = {
  params: ['any', 'any'],
  render: ([left, right], call, context) => {
    if (left === undefined || right === undefined) return 'NULL';
    const [a, b] = [numeric(left, context), numeric(right, context)];
    if (call.type === 'timespan') {
      const reals = [a, b].some((arg) => arg.type === 'real' || arg.type === 'decimal');
      return reals
        ? ticksOf(`${a.sql}::DOUBLE * ${b.sql}::DOUBLE`)
        : `TRY_CAST(${a.sql}::HUGEINT * ${b.sql} AS BIGINT)`;
    }
    if (call.type === 'long' || call.type === 'int') return integers('*', call.type, a, b);
    return `(${coerce(a, call.type, context).sql} * ${coerce(b, call.type, context).sql})`;
  },
};

const divide: SqlFunction = {
  params: ['any', 'any'],
  render: ([left, right], call, context) => {
    if (left === undefined || right === undefined) return 'NULL';
    const [a, b] = [numeric(left, context), numeric(right, context)];
    if (call.type === 'long' || call.type === 'int') {
      // Only the least number divided by -1 overflows.
      const safe = b.literal !== null && b.literal.value !== '-1';
      return safe
        ? `(${a.sql} // ${b.sql})`
        : `TRY_CAST(${a.sql}::HUGEINT // ${b.sql} AS ${call.type === 'int' ? 'INTEGER' : 'BIGINT'})`;
    }
    if (call.type === 'timespan') return ticksOf(`${a.sql}::DOUBLE / ${b.sql}::DOUBLE`);
    return `(${a.sql}::DOUBLE / ${b.sql}::DOUBLE)`;
  },
};

/** Never negative: `-7 % 3` is 2. */
const modulo: SqlFunction = {
  params: ['any', 'any'],
  render: ([left, right], _call, context) => {
    if (left === undefined || right === undefined) return 'NULL';
    const [a, b] = [numeric(left, context), numeric(right, context)];
    return once(b.sql, (by) => `(((${a.sql} % ${by}) + abs(${by})) % abs(${by}))`);
  },
};

const negate: SqlFunction = {
  params: ['any'],
  render: ([arg], call, context) => {
    if (arg === undefined) return 'NULL';
    const value = numeric(arg, context);
    if (call.type === 'long') return wrapLong(`-(${value.sql}::HUGEINT)`);
    return coerce({ ...value, sql: `(-${value.sql})`, literal: null }, call.type, context).sql;
  },
};

/** Down to a multiple of the size; datetimes count from 0001-01-01. */
const bin: SqlFunction = {
  params: ['any', 'any'],
  render: ([value, size], call, context) => {
    if (value === undefined || size === undefined) return 'NULL';
    const [a, b] = [numeric(value, context), numeric(size, context)];
    if (call.type === 'real' || call.type === 'decimal') {
      return `CASE WHEN ${b.sql} > 0 THEN floor(${a.sql}::DOUBLE / ${b.sql}::DOUBLE) * ${b.sql}::DOUBLE END`;
    }
    const step = isTime(b.type) || b.type === 'long' || b.type === 'int' ? b.sql : `${b.sql}::BIGINT`;
    return once(
      a.sql,
      (from) => `CASE WHEN ${step} > 0 THEN ${from} - (((${from} % ${step}) + ${step}) % ${step}) END`,
    );
  },
};

export const arithmeticFunctions: FunctionTable = {
  '+': additive('+'),
  '-': additive('-'),
  '*': multiply,
  '/': divide,
  '%': modulo,
  negate,
  bin,
  floor: bin,
};
