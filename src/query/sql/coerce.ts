import type { ScalarType } from '../../model/table.ts';
import type { Arg, SqlContext } from './function-table.ts';
import { sqlNull } from './literal.ts';
import { once } from './once.ts';
import { sqlTypes } from './types.ts';
import { datetimeText, realJson, realText, timespanText } from './functions/text-forms.ts';
import { dynamicText, dynamicToDatetime, dynamicToTimespan } from './functions/dynamic-scalars.ts';
import {
  textToBool,
  textToDatetime,
  textToGuid,
  textToInt,
  textToLong,
  textToReal,
  textToTimespan,
} from './functions/parsed-text.ts';

/** Longer than a column or a call of one: named several times, nested conversions would double the statement at each level. */
const longValue = 160;

/** A value as text, as `tostring` gives it: null becomes the empty string. */
export const toText = ({ sql, type, nullable, literal, text: direct }: Arg, context: SqlContext): string => {
  const orEmpty = (text: string): string => (nullable ? `coalesce(${text}, '')` : text);
  if (literal?.value === null) return `''`;
  switch (type) {
    case 'string':
      return sql;
    case 'guid':
      return orEmpty(sql);
    case 'dynamic':
      if (direct !== undefined) return `coalesce(${direct}, '')`;
      // The text of a JSON string is its content, of anything else its JSON.
      return sql.length > longValue
        ? context.rowFunction(dynamicText, [sql])
        : `coalesce(CASE WHEN starts_with(${sql}, '"') THEN json_extract_string(${sql}, '$') ELSE ${sql} END, '')`;
    case 'bool':
      return `CASE ${sql} WHEN TRUE THEN 'True' WHEN FALSE THEN 'False' ELSE '' END`;
    case 'datetime':
      return context.rowFunction(datetimeText, [sql]);
    case 'timespan':
      return context.rowFunction(timespanText, [sql]);
    case 'real':
      return context.rowFunction(realText, [sql]);
    case 'decimal':
      return orEmpty(`rtrim(rtrim(${sql}::VARCHAR, '0'), '.')`);
    default:
      return orEmpty(`${sql}::VARCHAR`);
  }
};

/** A value as canonical JSON text; NULL for null. */
export const toDynamic = ({ sql, type }: Arg, context: SqlContext): string => {
  switch (type) {
    case 'dynamic':
      return sql;
    case 'string':
    case 'guid':
      return `to_json(${sql})::VARCHAR`;
    case 'datetime':
      return `('"' || nullif(${context.rowFunction(datetimeText, [sql])}, '') || '"')`;
    case 'timespan':
      return `('"' || nullif(${context.rowFunction(timespanText, [sql])}, '') || '"')`;
    case 'real':
      return context.rowFunction(realJson, [sql]);
    case 'decimal':
      return `('"' || rtrim(rtrim(${sql}::VARCHAR, '0'), '.') || '"')`;
    default:
      return `${sql}::VARCHAR`;
  }
};

/** A dynamic value as the scalar that it holds; NULL when it holds none of that type. */
const fromDynamic = (arg: Arg, to: ScalarType, context: SqlContext): string => {
  const { sql } = arg;
  const text = arg.text ?? `json_extract_string(${sql}, '$')`;
  switch (to) {
    case 'datetime':
      return context.rowFunction(dynamicToDatetime, [sql]);
    case 'timespan':
      return context.rowFunction(dynamicToTimespan, [sql]);
    case 'guid':
      return context.rowFunction(textToGuid, [toText(arg, context)]);
    case 'bool':
      return once(
        text,
        (value) =>
          `CASE ${value} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE ELSE TRY_CAST(${value} AS DOUBLE) <> 0 END`,
      );
    case 'long':
    case 'int':
      return once(sql, (value) => dynamicToInteger(value, to, context));
    default:
      return once(
        text,
        (value) =>
          `coalesce(TRY_CAST(${value} AS ${sqlTypes[to]}), CASE ${value} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END)`,
      );
  }
};

const limits = {
  long: { high: '9223372036854775807', low: '-9223372036854775808', edge: '9.2233720368547758e18' },
  int: { high: '2147483647', low: '-2147483648', edge: '2147483647' },
} as const;

/** Toward zero, and no further than the type goes. */
const realToInteger = (sql: string, to: 'long' | 'int'): string => {
  const { high, low, edge } = limits[to];
  const type = sqlTypes[to];
  return `CASE WHEN isnan(${sql}) THEN NULL WHEN ${sql} >= ${edge} THEN ${type} '${high}' WHEN ${sql} <= -${edge} THEN ${type} '${low}' ELSE TRY_CAST(trunc(${sql}) AS ${type}) END`;
};

/** Numbers in JSON: a long as it stands, a real toward zero, a text as text converts. */
const dynamicToInteger = (sql: string, to: 'long' | 'int', context: SqlContext): string => {
  const text = `json_extract_string(${sql}, '$')`;
  const asText = context.rowFunction(to === 'long' ? textToLong : textToInt, [text]);
  return `CASE WHEN json_type(${sql}) = 'BOOLEAN' THEN (${text} = 'true')::${sqlTypes[to]} WHEN json_type(${sql}) = 'DOUBLE' THEN ${realToInteger(`TRY_CAST(${text} AS DOUBLE)`, to)} ELSE ${asText} END`;
};

/** A number that is written as most are is read by the database; only what is written otherwise is worth a call for each row. */
const plainly = (sql: string, pattern: string, type: string, otherwise: (text: string) => string): string =>
  once(
    sql,
    (text) => `CASE WHEN regexp_full_match(${text}, '${pattern}') THEN ${text}::${type} ELSE ${otherwise(text)} END`,
  );

const fromText = (sql: string, to: ScalarType, context: SqlContext): string => {
  switch (to) {
    case 'datetime':
      return context.rowFunction(textToDatetime, [sql]);
    case 'timespan':
      return context.rowFunction(textToTimespan, [sql]);
    case 'guid':
      return context.rowFunction(textToGuid, [sql]);
    case 'long':
      return plainly(sql, '-?[0-9]{1,18}', 'BIGINT', (text) => context.rowFunction(textToLong, [text]));
    case 'int':
      return plainly(sql, '-?[0-9]{1,9}', 'INTEGER', (text) => context.rowFunction(textToInt, [text]));
    case 'real':
      return plainly(sql, '-?[0-9]{1,15}', 'DOUBLE', (text) => context.rowFunction(textToReal, [text]));
    case 'bool':
      return context.rowFunction(textToBool, [sql]);
    default:
      return `TRY_CAST(${sql} AS ${sqlTypes[to]})`;
  }
};

/** A value as another type, as the service converts where a function or a comparison wants that type. */
export const coerce = (arg: Arg, to: ScalarType, context: SqlContext): Arg => {
  if (arg.type === to) return arg;
  const converted = (sql: string, nullable = true): Arg => ({ sql, type: to, nullable, literal: null });
  if (arg.literal?.value === null)
    return { ...converted(sqlNull(to), to !== 'string'), literal: { ...arg.literal, type: to } };
  if (to === 'string') return converted(toText(arg, context), false);
  if (to === 'dynamic') return converted(toDynamic(arg, context), arg.nullable);
  if (arg.type === 'dynamic') return converted(fromDynamic(arg, to, context));
  if (arg.type === 'string') return converted(fromText(arg.sql, to, context));
  if (sqlTypes[arg.type] === sqlTypes[to]) return { ...arg, type: to };
  if (arg.type === 'real' && (to === 'long' || to === 'int'))
    return converted(once(arg.sql, (value) => realToInteger(value, to)));
  if (arg.type === 'long' && to === 'int') return converted(`TRY_CAST(${arg.sql} AS INTEGER)`);
  return converted(`CAST(${arg.sql} AS ${sqlTypes[to]})`, arg.nullable);
};
