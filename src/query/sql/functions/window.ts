import { wrapLong } from './arithmetic.ts';
import { coerce } from '../coerce.ts';
import { sqlNull } from '../literal.ts';
import type { FunctionTable, SqlFunction } from '../function-table.ts';

/** What planning makes of functions that look at other rows: the first argument is the column of the rows' order. */
const neighbor = (fn: 'lag' | 'lead'): SqlFunction => ({
  params: ['long', 'any', 'long', 'any'],
  mayBeNullText: true,
  render: ([order, value, offset, otherwise], call, context) => {
    const missing = otherwise === undefined ? sqlNull(call.type) : coerce(otherwise, call.type, context).sql;
    const by = offset?.sql ?? '1';
    const shifted = `${fn}(${value?.sql}, ${by}) OVER (ORDER BY ${order?.sql})`;
    const edge =
      fn === 'lag' ? `row_number() OVER (ORDER BY ${order?.sql})` : `row_number() OVER (ORDER BY ${order?.sql} DESC)`;
    return otherwise === undefined ? shifted : `CASE WHEN ${edge} <= ${by} THEN ${missing} ELSE ${shifted} END`;
  },
});

const over = (order: string | undefined, run: string | undefined): string =>
  `OVER (PARTITION BY ${run} ORDER BY ${order} ROWS UNBOUNDED PRECEDING)`;

const rowNumber: SqlFunction = {
  params: ['long', 'long', 'long'],
  render: ([order, run, start]) => `(row_number() ${over(order?.sql, run?.sql)} - 1 + ${start?.sql ?? '1'})`,
};

const cumulated: SqlFunction = {
  params: ['long', 'long', 'any'],
  render: ([order, run, value], call) => {
    const sum = `coalesce(sum(${value?.sql}) ${over(order?.sql, run?.sql)}, 0)`;
    return call.type === 'long' || call.type === 'int'
      ? wrapLong(sum)
      : call.type === 'timespan'
        ? `${sum}::BIGINT`
        : sum;
  },
};

export const windowFunctions: FunctionTable = {
  window_ordinal: { params: [], neverNull: true, render: () => 'row_number() OVER ()' },
  window_prev: neighbor('lag'),
  window_next: neighbor('lead'),
  window_row_number: rowNumber,
  window_row_cumsum: cumulated,
  window_runs: {
    params: ['long', 'bool'],
    render: ([order, restart]) =>
      `sum(coalesce(${restart?.sql}, FALSE)::BIGINT) OVER (ORDER BY ${order?.sql} ROWS UNBOUNDED PRECEDING)::BIGINT`,
  },
  window_changed: {
    params: ['long', 'any', 'long'],
    render: ([order, value, run]) =>
      `(${value?.sql} IS DISTINCT FROM lag(${value?.sql}) OVER (PARTITION BY ${run?.sql} ORDER BY ${order?.sql}) OR row_number() OVER (PARTITION BY ${run?.sql} ORDER BY ${order?.sql}) = 1)`,
  },
  window_row_rank_dense: {
    params: ['long', 'bool', 'long'],
    render: ([order, changed, run]) => `sum(${changed?.sql}::BIGINT) ${over(order?.sql, run?.sql)}::BIGINT`,
  },
  window_near: {
    params: ['long', 'bool', 'long', 'long'],
    render: ([order, condition, before, after]) =>
      `coalesce(bool_or(${condition?.sql}) OVER (ORDER BY ${order?.sql} ROWS BETWEEN ${after?.sql} PRECEDING AND ${before?.sql} FOLLOWING), FALSE)`,
  },
  window_row_rank_min: {
    params: ['long', 'bool', 'long'],
    render: ([order, changed, run]) =>
      `max(CASE WHEN ${changed?.sql} THEN ${order?.sql} END) ${over(order?.sql, run?.sql)} - min(${order?.sql}) OVER (PARTITION BY ${run?.sql}) + 1`,
  },
};
