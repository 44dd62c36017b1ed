import type { Arg } from '../function-table.ts';
import { isNumeric } from '../types.ts';

/**
 * In a Sumo plan a text may be null, as null and empty differ there: these functions take their arguments as they come and say
 * themselves what null gives.
 */
export const asText = ({ sql, type }: Arg): string => {
  switch (type) {
    case 'string':
    case 'guid':
    case 'dynamic':
      return sql;
    case 'bool':
      return `CASE ${sql} WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' END`;
    case 'real':
      // Whole numbers without a point, as the service shows them.
      return `CASE WHEN ${sql} = trunc(${sql}) AND abs(${sql}) < 1e15 THEN (${sql})::BIGINT::VARCHAR ELSE (${sql})::VARCHAR END`;
    default:
      return `(${sql})::VARCHAR`;
  }
};

/** A text that is no number is null. */
export const asNumber = ({ sql, type }: Arg): string => {
  if (isNumeric(type)) return sql;
  return type === 'bool' ? `(${sql})::BIGINT` : `TRY_CAST(${sql} AS DOUBLE)`;
};

export const asReal = (arg: Arg): string => (arg.type === 'real' ? arg.sql : `(${asNumber(arg)})::DOUBLE`);

export const asLong = (arg: Arg): string =>
  arg.type === 'long' || arg.type === 'int' ? arg.sql : `TRY_CAST(trunc(${asReal(arg)}) AS BIGINT)`;

/** `TRUE` and the text `"true"` alike. */
export const asTruth = ({ sql, type }: Arg): string => {
  if (type === 'bool') return sql;
  return isNumeric(type) ? `(${sql} <> 0)` : `CASE lower(${sql}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END`;
};

/** A value as a column of the given type holds it. */
export const asType = (arg: Arg, type: Arg['type']): string => {
  switch (type) {
    case 'real':
      return asReal(arg);
    case 'long':
      return asLong(arg);
    case 'bool':
      return asTruth(arg);
    default:
      return asText(arg);
  }
};
