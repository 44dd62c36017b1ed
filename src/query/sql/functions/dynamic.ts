import { sqlString } from '../../../telemetry/database.ts';
import { parseDynamic, printDynamic } from '../../values/dynamic.ts';
import type { Call } from '../../plan/expr.ts';
import type { Arg, FunctionTable, SqlFunction } from '../function-table.ts';
import { arrayRowFunctions } from './array-rows.ts';
import { bagRowFunctions } from './bag-rows.ts';
import type { RowFunction } from '../row-function.ts';
import { coerce, toDynamic } from '../coerce.ts';

/** A property's path: the name in quotes, where DuckDB's path syntax has its own meaning for `"`. */
const propertyPath = (name: string): string => `$."${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const orNull = (json: string): string => `nullif((${json})::VARCHAR, 'null')`;

/** `d.key`, `d["key"]`, `d[0]`, `d[-1]`; null where there is no such thing. */
const element: SqlFunction = {
  params: ['dynamic', 'any'],
  render: ([value, key]) => {
    const sql = value?.sql ?? 'NULL';
    if (key?.type === 'string') {
      const known = key.literal?.value;
      const path =
        typeof known === 'string' ? sqlString(propertyPath(known)) : `'$."' || replace(${key.sql}, '"', '\\"') || '"'`;
      return orNull(`json_extract(${sql}, ${path})`);
    }
    // A negative index counts from the end.
    return orNull(
      `json_extract(${sql}, CASE WHEN ${key?.sql} < 0 THEN '$[#' || ${key?.sql} || ']' ELSE '$[' || ${key?.sql} || ']' END)`,
    );
  },
};

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
  render: ([value]) => `CASE WHEN starts_with(${value?.sql}, '[') THEN json_array_length(${value?.sql})::BIGINT END`,
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
