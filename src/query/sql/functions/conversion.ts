import type { ScalarType } from '../../../model/table.ts';
import { coerce } from '../coerce.ts';
import type { FunctionTable, SqlFunction } from '../function-table.ts';

const convert = (to: ScalarType): SqlFunction => ({
  params: ['any'],
  neverNull: to === 'string',
  render: ([arg], _call, context) => (arg === undefined ? 'NULL' : coerce(arg, to, context).sql),
});

export const conversionFunctions: FunctionTable = {
  tostring: convert('string'),
  tolong: convert('long'),
  toint: convert('int'),
  toreal: convert('real'),
  todouble: convert('real'),
  tobool: convert('bool'),
  toboolean: convert('bool'),
  todatetime: convert('datetime'),
  totimespan: convert('timespan'),
  totime: convert('timespan'),
  toguid: convert('guid'),
  todecimal: convert('decimal'),
};
