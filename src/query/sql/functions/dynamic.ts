import { sqlString } from '../../../telemetry/database.ts';
import { parseDynamic, printDynamic } from '../../values/dynamic.ts';
import type { Call } from '../../plan/expr.ts';
import type { Arg, FunctionTable, SqlContext, SqlFunction } from '../function-table.ts';
import { arrayRowFunctions } from './array-rows.ts';
import { bagRowFunctions } from './bag-rows.ts';
import type { RowFunction } from '../row-function.ts';
import { coerce, toDynamic } from '../coerce.ts';
import { once } from '../once.ts';

/** A property's path: the name in quotes, where DuckDB's path syntax has its own meaning for `"`. */
const propertyPath = (name: string): string => `$."${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** DuckDB computes the first argument of `nullif` twice, and so does every `nullif` around it. */
const longest = 400;

const jsonOrNull: RowFunction = {
  name: 'kql_json_or_null',
  params: ['dynamic'],
  result: 'dynamic',
  compute: (json) => (json === 'null' ? null : json),
};

const orNull = (json: string, context: SqlContext): string =>
  json.length > longest
    ? context.rowFunction(jsonOrNull, [`(${json})::VARCHAR`])
    : `nullif((${json})::VARCHAR, 'null')`;

/** A step of a path as SQL: `."name"`, `[0]`, `[#-1]`, since a negative index counts from the end. */
const stepOf = ({ sql, type, literal }: Arg): string => {
  const known = literal?.value;
  if (type === 'string') {
    return typeof known === 'string'
      ? sqlString(propertyPath(known).slice(1))
      : `('."' || replace(${sql}, '"', '\\"') || '"')`;
  }
  if (typeof known === 'string' && /^-?\d+$/.test(known))
    return known.startsWith('-') ? `'[#${known}]'` : `'[${known}]'`;
  return `CASE WHEN ${sql} < 0 THEN '[#' || ${sql} || ']' ELSE '[' || ${sql} || ']' END`;
};

/** `d.key`, `d["key"]`, `d[0]`, and all steps of `d.a[0].b` at once; null where there is no such thing. */
const element: SqlFunction = {
  params: ['dynamic', 'any'],
  variadic: true,
  render: ([value, ...keys], _call, context) => orNull(extract('json_extract', value, keys), context),
  text: ([value, ...keys]) => extract('json_extract_string', value, keys),
};

const extract = (fn: string, value: Arg | undefined, keys: readonly Arg[]): string =>
  `${fn}(${value?.sql ?? 'NULL'}, ${[`'$'`, ...keys.map(stepOf)].join(' || ')})`;

/** JSON text becomes what it says; text that is no JSON stays text. */
const parseJson: RowFunction = {
  name: 'kql_parse_json',
  params: ['string'],
  result: 'dynamic',
  compute: (text) => {
    if (typeof text !== 'string' || text === '') return null;
    const value = parseDynamic(text);
    if (value === undefined) return printDynamic(text);
    return value === null ? null : printDynamic(value);
  },
};

const toDynamicFunction: SqlFunction = {
  params: ['any'],
  render: ([arg], _call, context) => {
    if (arg === undefined) return 'NULL';
    return arg.type === 'string' ? context.rowFunction(parseJson, [arg.sql]) : coerce(arg, 'dynamic', context).sql;
  },
};

const arrayLength: SqlFunction = {
  params: ['dynamic'],
  render: ([list]) =>
    once(
      list?.sql ?? 'NULL',
      (value) => `CASE WHEN starts_with(${value}, '[') THEN json_array_length(${value})::BIGINT END`,
    ),
};

const packArray: SqlFunction = {
  params: ['any'],
  variadic: true,
  render: (args, _call, context) =>
    args.length === 0
      ? `'[]'`
      : `('[' || concat_ws(',', ${args.map((arg) => `coalesce(${toDynamic(arg, context)}, 'null')`).join(', ')}) || ']')`,
};

const asLong = (call: Call): boolean =>
  call.args.every(({ type }) => type === 'long' || type === 'int' || type === 'bool');

/** An array from start to stop, of the arguments' type. */
const range: SqlFunction = {
  params: ['any', 'any', 'any'],
  render: ([start, stop, step], call, context) => {
    const by = (unit: string): Arg =>
      step ?? { sql: unit, type: start?.type ?? 'long', nullable: false, literal: null };
    const name = start?.type === 'datetime' || start?.type === 'timespan' ? start.type : asLong(call) ? 'long' : 'real';
    const unit = name === 'timespan' ? `BIGINT '36000000000'` : name === 'datetime' ? `BIGINT '864000000000'` : '1';
    const fn = arrayRowFunctions[`range_${name}`];
    if (fn === undefined || start === undefined || stop === undefined) return 'NULL';
    const args = [start, stop, by(unit)].map((arg) =>
      name === 'long' || name === 'real' ? coerce(arg, 'real', context) : arg,
    );
    return fn.render(args, { ...call, type: 'dynamic' }, context);
  },
};

/** A property of JSON text by its path, as the type that is asked for. */
const extractJson: SqlFunction = {
  params: ['string', 'string', 'string'],
  mayBeNullText: true,
  render: (args, call, context) => {
    const fn = bagRowFunctions['extract_json'];
    const found: Arg = {
      sql: fn?.render(args.slice(0, 2), { ...call, type: 'dynamic' }, context) ?? 'NULL',
      type: 'dynamic',
      nullable: true,
      literal: null,
    };
    return coerce(found, call.type, context).sql;
  },
};

export const dynamicFunctions: FunctionTable = {
  range,
  extract_json: extractJson,
  extractjson: extractJson,
  element,
  parse_json: toDynamicFunction,
  parsejson: toDynamicFunction,
  todynamic: toDynamicFunction,
  toobject: toDynamicFunction,
  array_length: arrayLength,
  arraylength: arrayLength,
  pack_array: packArray,
};
