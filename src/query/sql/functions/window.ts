import { wrapLong } from './arithmetic.ts';
import { coerce } from '../coerce.ts';
import { sqlNull } from '../literal.ts';
import type { Arg, FunctionTable, SqlFunction } from '../function-table.ts';

/** The rows that a function looks at: those of its group and of its run between restarts. */
const over = (order: Arg | undefined, parts: readonly (Arg | undefined)[], rest = ''): string => {
  const by = parts.flatMap((part) => (part === undefined || part.literal !== null ? [] : [part.sql]));
  return `OVER (${by.length === 0 ? '' : `PARTITION BY ${by.join(', ')} `}ORDER BY ${order?.sql}${rest})`;
};

const upToHere = ' ROWS UNBOUNDED PRECEDING';

/** What planning makes of functions that look at other rows: the columns of the rows' order and group come first. */
const neighbor = (fn: 'lag' | 'lead'): SqlFunction => ({
  params: ['long', 'long', 'any', 'long', 'any'],
  mayBeNullText: true,
  render: ([order, group, value, offset, otherwise], call, context) => {
    const missing = otherwise === undefined ? sqlNull(call.type) : coerce(otherwise, call.type, context).sql;
    const by = offset?.sql ?? '1';
    const shifted = `${fn}(${value?.sql}, ${by}) ${over(order, [group])}`;
    const edge = `row_number() ${over(order, [group], fn === 'lag' ? '' : ' DESC')}`;
    return otherwise === undefined ? shifted : `CASE WHEN ${edge} <= ${by} THEN ${missing} ELSE ${shifted} END`;
  },
});

const rowNumber: SqlFunction = {
  params: ['long', 'long', 'long', 'long'],
  render: ([order, group, run, start]) =>
    `(row_number() ${over(order, [group, run], upToHere)} - 1 + ${start?.sql ?? '1'})`,
};

const cumulated: SqlFunction = {
  params: ['long', 'long', 'long', 'any'],
  render: ([order, group, run, value], call) => {
    const sum = `coalesce(sum(${value?.sql}) ${over(order, [group, run], upToHere)}, 0)`;
    return call.type === 'long' || call.type === 'int'
      ? wrapLong(sum)
      : call.type === 'timespan'
        ? `${sum}::BIGINT`
        : sum;
  },
};

export const windowFunctions: FunctionTable = {
  window_ordinal: { params: [], neverNull: true, render: () => 'row_number() OVER ()' },
  window_group: {
    params: ['any'],
    variadic: true,
    neverNull: true,
    render: (args) => `dense_rank() OVER (ORDER BY ${args.map(({ sql }) => sql).join(', ')})`,
  },
  window_prev: neighbor('lag'),
  window_next: neighbor('lead'),
  window_row_number: rowNumber,
  window_row_cumsum: cumulated,
  window_runs: {
    params: ['long', 'long', 'bool'],
    render: ([order, group, restart]) =>
      `sum(coalesce(${restart?.sql}, FALSE)::BIGINT) ${over(order, [group], upToHere)}::BIGINT`,
  },
  window_changed: {
    params: ['long', 'long', 'any', 'long'],
    render: ([order, group, value, run]) => {
      const rows = over(order, [group, run]);
      return `(${value?.sql} IS DISTINCT FROM lag(${value?.sql}) ${rows} OR row_number() ${rows} = 1)`;
    },
  },
  window_row_rank_dense: {
    params: ['long', 'long', 'bool', 'long'],
    render: ([order, group, changed, run]) =>
      `sum(${changed?.sql}::BIGINT) ${over(order, [group, run], upToHere)}::BIGINT`,
  },
  window_near: {
    params: ['long', 'bool', 'long', 'long'],
    render: ([order, condition, before, after]) =>
      `coalesce(bool_or(${condition?.sql}) OVER (ORDER BY ${order?.sql} ROWS BETWEEN ${after?.sql} PRECEDING AND ${before?.sql} FOLLOWING), FALSE)`,
  },
  window_row_rank_min: {
    params: ['long', 'long', 'bool', 'long', 'long'],
    render: ([order, group, changed, run, place]) =>
      `max(CASE WHEN ${changed?.sql} THEN ${place?.sql} END) ${over(order, [group, run], upToHere)}`,
  },
};
