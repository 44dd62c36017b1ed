import type { Arg, FunctionTable, SqlFunction } from '../function-table.ts';
import { asReal } from './sumo-values.ts';

const over = (keys: readonly Arg[], order: string, frame = ''): string => {
  const partition = keys.length === 0 ? '' : `PARTITION BY ${keys.map(({ sql }) => sql).join(', ')} `;
  return `OVER (${partition}${order === '' ? '' : `ORDER BY ${order}`}${frame})`;
};

/** Their arguments: the rows' order, the value, a count, and the fields whose values keep rows apart. */
const windowed = (render: (order: Arg, value: Arg, count: Arg, keys: readonly Arg[]) => string): SqlFunction => ({
  params: ['any'],
  variadic: true,
  render: ([order, value, count, ...keys]) =>
    order === undefined || value === undefined || count === undefined ? 'NULL' : render(order, value, count, keys),
});

export const sumoWindowFunctions: FunctionTable = {
  'sumo:accum': windowed(
    (order, value, _count, keys) => `sum(${asReal(value)}) ${over(keys, order.sql, ' ROWS UNBOUNDED PRECEDING')}`,
  ),
  'sumo:total': windowed((_order, value, _count, keys) => `sum(${asReal(value)}) ${over(keys, '')}`),
  'sumo:backshift': windowed((order, value, count, keys) => `lag(${value.sql}, ${count.sql}) ${over(keys, order.sql)}`),
  'sumo:diff': windowed(
    (order, value, _count, keys) => `(${asReal(value)} - lag(${asReal(value)}) ${over(keys, order.sql)})`,
  ),
  'sumo:rank': {
    params: ['any'],
    variadic: true,
    render: ([value, ...keys]) =>
      value === undefined ? 'NULL' : `row_number() ${over(keys, `${value.sql} DESC NULLS LAST`)}`,
  },
};
