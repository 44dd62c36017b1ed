import { template, type FunctionTable, type SqlFunction } from '../function-table.ts';
import { once } from '../once.ts';
import { coerce } from '../coerce.ts';

const strcat: SqlFunction = {
  params: ['any'],
  variadic: true,
  neverNull: true,
  render: (args, _call, context) => `concat(${args.map((arg) => coerce(arg, 'string', context).sql).join(', ')})`,
};

export const stringFunctions: FunctionTable = {
  strcat,
  new_guid: template([], 'uuid()::VARCHAR'),
  strlen: template(['string'], 'length($1)', { neverNull: true }),
  tolower: template(['string'], 'lower($1)'),
  toupper: {
    params: ['string'],
    // The service leaves a sharp s as it is; the engine makes a capital one of it.
    render: ([text]) =>
      once(
        text?.sql ?? `''`,
        (value) =>
          `CASE WHEN contains(${value}, 'ß') THEN array_to_string(list_transform(string_split(${value}, 'ß'), lambda part: upper(part)), 'ß') ELSE upper(${value}) END`,
      ),
  },
  tohex: {
    params: ['long', 'long'],
    mayBeNullText: true,
    render: ([value, width], call) => {
      // An int has eight digits where it is negative.
      const digits =
        call.args[0]?.type === 'int' ? `right(lower(to_hex(${value?.sql})), 8)` : `lower(to_hex(${value?.sql}))`;
      return width === undefined ? digits : `lpad(${digits}, greatest(${width.sql}, length(${digits}))::INTEGER, '0')`;
    },
  },
};
