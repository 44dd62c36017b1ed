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

/** The row and so many before it. */
const upToHere = (count: Arg): string =>
  ` ROWS BETWEEN ${Number(count.literal?.value ?? 1) - 1} PRECEDING AND CURRENT ROW`;

/** So many rows before this one. */
const before = (count: Arg): string => ` ROWS BETWEEN ${count.literal?.value ?? 1} PRECEDING AND 1 PRECEDING`;

/** Of one value the deviation is 0. */
const deviations = { sample: 'stddev_samp', population: 'stddev_pop' } as const;

const rolling = Object.fromEntries(
  Object.entries(deviations).map(([name, fn]) => [
    `sumo:rollingstd-${name}`,
    windowed((order, value, count, keys) => {
      const window = over(keys, order.sql, upToHere(count));
      return `CASE WHEN count(${asReal(value)}) ${window} > 0 THEN coalesce(${fn}(${asReal(value)}) ${window}, 0) END`;
    }),
  ]),
);

/** Two rows before are the least that a value can be compared with. */
const ofSeveral = (fn: string, value: Arg, window: string): string =>
  `CASE WHEN count(${asReal(value)}) ${window} > 1 THEN ${fn}(${asReal(value)}) ${window} END`;

const deviationBefore = Object.fromEntries(
  Object.entries(deviations).map(([name, fn]) => [
    `sumo:deviation-before-${name}`,
    windowed((order, value, count, keys) => ofSeveral(fn, value, over(keys, order.sql, before(count)))),
  ]),
);

/** The least squares' line over the places 0 to n - 1, from sums of the values and of places times values. */
const line: SqlFunction = {
  params: ['any'],
  variadic: true,
  render: (args) => {
    const [n, x, sy, sxy] = args.map(asReal);
    const sx = `(${n} * (${n} - 1) / 2)`;
    const sxx = `(${n} * (${n} - 1) * (2 * ${n} - 1) / 6)`;
    const slope = `((${n} * ${sxy} - ${sx} * ${sy}) / (${n} * ${sxx} - ${sx} * ${sx}))`;
    return `CASE WHEN ${n} > 1 THEN ${slope} * ${x} + (${sy} - ${slope} * ${sx}) / ${n} ELSE ${sy} END`;
  },
};

/** The rows of the same keys that lie no more than so many milliseconds before this one, itself included. */
const withinWindow = (order: Arg, millis: Arg, keys: readonly Arg[]): string =>
  over(keys, order.sql, ` RANGE BETWEEN ${Number(millis.literal?.value ?? 0) - 1} PRECEDING AND CURRENT ROW`);

/** Those before this one. */
const earlier = (order: Arg, millis: Arg, keys: readonly Arg[]): string =>
  over(keys, order.sql, ` RANGE BETWEEN ${millis.literal?.value ?? 0} PRECEDING AND 1 PRECEDING`);

const withinFunctions = {
  avg: (value: Arg) => `avg(${asReal(value)})`,
  count: (value: Arg) => `count(${value.sql})`,
  count_distinct: (value: Arg) => `count(DISTINCT ${value.sql})`,
  max: (value: Arg) => `max(${asReal(value)})`,
  min: (value: Arg) => `min(${asReal(value)})`,
  stddev: (value: Arg) => `stddev_samp(${asReal(value)})`,
  sum: (value: Arg) => `sum(${asReal(value)})`,
};

const within = Object.fromEntries(
  Object.entries(withinFunctions).map(([name, aggregate]) => [
    `sumo:within-${name}`,
    windowed((order, value, millis, keys) => `(${aggregate(value)} ${withinWindow(order, millis, keys)})::DOUBLE`),
  ]),
);

const earlierDeviation = Object.fromEntries(
  Object.entries(deviations).map(([name, fn]) => [
    `sumo:earlier-stddev-${name}`,
    windowed((order, value, millis, keys) => `${fn}(${asReal(value)}) ${earlier(order, millis, keys)}`),
  ]),
);

export const sumoWindowFunctions: FunctionTable = {
  ...within,
  ...earlierDeviation,
  'sumo:earlier-avg': windowed((order, value, millis, keys) => `avg(${asReal(value)}) ${earlier(order, millis, keys)}`),
  /** Which expressions of a chain each record of the window met, in the records' order. */
  'sumo:within-story': windowed(
    (order, value, millis, keys) => `string_agg(${value.sql}, '') ${withinWindow(order, millis, keys)}`,
  ),
  /** Milliseconds since the row before of the same keys, null for the first; and since the first. */
  'sumo:since-last': windowed(
    (order, _value, _count, keys) => `(${order.sql} - lag(${order.sql}) ${over(keys, order.sql)})`,
  ),
  'sumo:since-first': windowed((order, _value, _count, keys) => `(${order.sql} - min(${order.sql}) ${over(keys, '')})`),
  'sumo:line': line,
  /** Places of a slice among all, from 0; and how many there are. */
  'sumo:place': windowed((time, step) => `((${time.sql} - min(${time.sql}) OVER ()) / ${step.sql})`),
  'sumo:places': windowed((time, step) => `((max(${time.sql}) OVER () - min(${time.sql}) OVER ()) / ${step.sql} + 1)`),
  'sumo:sum-of-all': windowed((value) => `sum(coalesce(${asReal(value)}, 0)) OVER ()`),
  ...rolling,
  ...deviationBefore,
  'sumo:smooth': windowed(
    (order, value, count, keys) => `avg(${asReal(value)}) ${over(keys, order.sql, upToHere(count))}`,
  ),
  'sumo:mean-before': windowed((order, value, count, keys) =>
    ofSeveral('avg', value, over(keys, order.sql, before(count))),
  ),
  'sumo:before-newest': windowed((time) => `(${time.sql} < max(${time.sql}) OVER ())`),
  /** 1 where the value is 1 in this row and in all of the last `count`. */
  'sumo:all-of-last': windowed(
    (order, value, count, keys) =>
      `(sum(${value.sql}) ${over(keys, order.sql, upToHere(count))} = ${count.sql})::BIGINT`,
  ),
  'sumo:take-last': windowed((order, value, _count, keys) => {
    const last = `last_value(${value.sql} IGNORE NULLS) ${over(keys, order.sql, ' ROWS UNBOUNDED PRECEDING')}`;
    return `coalesce(${value.sql}, ${last})`;
  }),
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
