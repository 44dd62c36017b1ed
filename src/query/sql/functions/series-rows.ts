import { isArray, type Dynamic } from '../../values/dynamic.ts';
import { printDatetime, printTimespan } from '../../values/ticks.ts';
import type { FunctionTable, SqlFunction } from '../function-table.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

/** Which bin of a series a value falls into, from 0. */
const bin: SqlFunction = {
  params: ['any', 'any', 'any'],
  render: ([value, from, step]) => `floor((${value?.sql} - ${from?.sql})::DOUBLE / ${step?.sql}::DOUBLE)::BIGINT`,
};

/** Bins from a start up to an end that is not reached. */
const until: SqlFunction = {
  params: ['any', 'any', 'any'],
  render: ([from, to, step]) => `greatest(ceil((${to?.sql} - ${from?.sql})::DOUBLE / ${step?.sql}::DOUBLE), 0)::BIGINT`,
};

/** Bins from a start through the one that holds the last value. */
const through: SqlFunction = {
  params: ['any', 'any', 'any'],
  render: ([from, last, step]) => `(floor((${last?.sql} - ${from?.sql})::DOUBLE / ${step?.sql}::DOUBLE)::BIGINT + 1)`,
};

/** Longer series are hostile. */
const longest = 1_048_576;

const axis = (type: 'datetime' | 'timespan', print: (ticks: bigint) => string): RowSpec => ({
  params: [type, 'timespan', 'long'],
  result: 'dynamic',
  compute: (from: bigint, step: bigint, count: bigint) =>
    Array.from({ length: Math.min(longest, Number(count)) }, (_, index) => print(from + BigInt(index) * step)),
});

export const seriesFunctions: FunctionTable = {
  series_bin: bin,
  series_bins_until: until,
  series_bins_through: through,
  ...rowTable({
    /** Pairs of a bin and its value become a full array. */
    series_fill_bins: {
      params: ['dynamic', 'long', 'dynamic'],
      required: 2,
      result: 'dynamic',
      compute: (pairs: Dynamic, count: bigint, fallback: Dynamic) => {
        const filled: Dynamic[] = Array.from({ length: Math.min(longest, Number(count)) }, () => fallback);
        for (const pair of isArray(pairs) ? pairs : [])
          if (isArray(pair)) filled[Number(pair[0])] = pair[1] ?? fallback;
        return filled;
      },
    },
    series_axis_datetime: axis('datetime', printDatetime),
    series_axis_timespan: axis('timespan', printTimespan),
    series_axis_number: {
      params: ['dynamic', 'dynamic', 'long'],
      result: 'dynamic',
      compute: (from: Dynamic, step: Dynamic, count: bigint) =>
        Array.from({ length: Math.min(longest, Number(count)) }, (_, index): Dynamic =>
          typeof from === 'bigint' && typeof step === 'bigint'
            ? from + BigInt(index) * step
            : Number(from) + index * Number(step),
        ),
    },
  }),
};
