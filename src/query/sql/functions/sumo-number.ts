import type { FunctionTable, SqlFunction } from '../function-table.ts';
import { asLong, asReal } from './sumo-values.ts';

const ofReals = (template: (...args: string[]) => string): SqlFunction => ({
  params: ['any'],
  variadic: true,
  render: (args) => template(...args.map(asReal)),
});

/** DuckDB raises an error where Java gives NaN. */
const within = (condition: (arg: string) => string, sql: (arg: string) => string): SqlFunction =>
  ofReals(
    (arg = 'NULL') => `CASE WHEN ${condition(arg)} THEN ${sql(arg)} WHEN ${arg} IS NOT NULL THEN DOUBLE 'NaN' END`,
  );

const logarithm = (fn: string, shift = ''): SqlFunction =>
  ofReals(
    (arg = 'NULL') =>
      `CASE WHEN ${arg}${shift} > 0 THEN ${fn}(${arg}${shift}) WHEN ${arg}${shift} = 0 THEN DOUBLE '-Infinity' WHEN ${arg} IS NOT NULL THEN DOUBLE 'NaN' END`,
  );

const rounded: SqlFunction = {
  params: ['any', 'any'],
  render: ([value, digits]) =>
    value === undefined
      ? 'NULL'
      : `round(${asReal(value)}, ${digits === undefined ? '0' : `${asLong(digits)}::INTEGER`})`,
};

const inUnit = (arg: string): string => `${arg} BETWEEN -1 AND 1`;

export const sumoNumberFunctions: FunctionTable = {
  'sumo:abs': ofReals((arg) => `abs(${arg})`),
  'sumo:acos': within(inUnit, (arg) => `acos(${arg})`),
  'sumo:asin': within(inUnit, (arg) => `asin(${arg})`),
  'sumo:atan': ofReals((arg) => `atan(${arg})`),
  'sumo:atan2': ofReals((y, x) => `atan2(${y}, ${x})`),
  'sumo:cbrt': ofReals((arg) => `cbrt(${arg})`),
  'sumo:ceil': ofReals((arg) => `ceil(${arg})`),
  'sumo:floor': ofReals((arg) => `floor(${arg})`),
  'sumo:cos': ofReals((arg) => `cos(${arg})`),
  'sumo:cosh': ofReals((arg) => `cosh(${arg})`),
  'sumo:sin': ofReals((arg) => `sin(${arg})`),
  'sumo:sinh': ofReals((arg) => `sinh(${arg})`),
  'sumo:tan': ofReals((arg) => `tan(${arg})`),
  'sumo:tanh': ofReals((arg) => `tanh(${arg})`),
  'sumo:exp': ofReals((arg) => `exp(${arg})`),
  'sumo:expm1': ofReals((arg) => `(exp(${arg}) - 1)`),
  'sumo:hypot': ofReals((a, b) => `sqrt(${a} * ${a} + ${b} * ${b})`),
  'sumo:log': logarithm('ln'),
  'sumo:log10': logarithm('log10'),
  'sumo:log1p': logarithm('ln', ' + 1'),
  'sumo:pow': ofReals((a, b) => `pow(${a}, ${b})`),
  'sumo:sqrt': within(
    (arg) => `${arg} >= 0`,
    (arg) => `sqrt(${arg})`,
  ),
  'sumo:round': rounded,
  'sumo:degrees': ofReals((arg) => `degrees(${arg})`),
  'sumo:radians': ofReals((arg) => `radians(${arg})`),
  'sumo:max': ofReals((...args) => `greatest(${args.join(', ')})`),
  'sumo:min': ofReals((...args) => `least(${args.join(', ')})`),
  /** Of those that are there. */
  'sumo:avg-of': ofReals((...args) => `list_avg([${args.join(', ')}])`),
  'sumo:from-seconds': ofReals((arg) => `(${arg} * 1000)::BIGINT`),
  'sumo:isnan': ofReals((arg) => `coalesce(isnan(${arg}), FALSE)`),
  'sumo:isinfinity': ofReals((arg) => `coalesce(isinf(${arg}), FALSE)`),
  /** Down to the beginning of a slice, in milliseconds. */
  'sumo:slice': {
    params: ['any', 'any'],
    render: ([time, size]) =>
      time === undefined || size === undefined
        ? 'NULL'
        : `(${asLong(time)} - ((${asLong(time)} % ${asLong(size)}) + ${asLong(size)}) % ${asLong(size)})`,
  },
  /** Ticks of 100 ns since year 1 as milliseconds since 1970. */
  'sumo:millis': {
    params: ['datetime'],
    render: ([ticks]) => `((${ticks?.sql} - 621355968000000000) // 10000)`,
  },
};
