import { template, type FunctionTable, type SqlFunction } from '../function-table.ts';

const round: SqlFunction = {
  params: ['real', 'long'],
  render: ([value, digits]) =>
    digits === undefined ? `round_even(${value?.sql}, 0)` : `round(${value?.sql}, ${digits.sql}::INTEGER)`,
};

export const numericFunctions: FunctionTable = {
  round,
  abs: template(['any'], 'abs($1)'),
  sqrt: template(['real'], "CASE WHEN $1 < 0 THEN DOUBLE 'NaN' ELSE sqrt($1) END"),
};
