import type { Aggregate } from '../../plan/stage.ts';
import type { Arg, SqlContext } from '../function-table.ts';
import { asNumber, asReal, asText } from './sumo-values.ts';

type Render = (args: readonly Arg[], aggregate: Aggregate, context: SqlContext, where: readonly string[]) => string;

const ofNumber =
  (template: (value: string) => string): Render =>
  ([arg]) =>
    arg === undefined ? 'NULL' : template(asReal(arg));

/** Order of `values`: numbers before texts; capital letters come before small ones by themselves. */
const valueList = (value: string): string =>
  `array_to_string(list_slice(list_sort(list_distinct(list(${value}) FILTER (WHERE ${value} IS NOT NULL))), 1, 100), chr(10))`;

/** The value of the row where the order's column is smallest or greatest. */
const picked =
  (fn: 'arg_min' | 'arg_max'): Render =>
  ([value, order]) =>
    value === undefined || order === undefined ? 'NULL' : `${fn}(${value.sql}, ${order.sql})`;

/** Texts that are all numbers are numbers here; texts are compared as texts. */
const extreme =
  (fn: 'min' | 'max'): Render =>
  ([arg]) =>
    arg === undefined ? 'NULL' : `${fn}(${asReal(arg)})`;

export const sumoAggregates: Readonly<Record<string, Render>> = {
  'sumo:any': ([arg]) => `any_value(${arg?.sql})`,
  'sumo:anyif': ([arg, test]) => `any_value(${arg?.sql}) FILTER (WHERE ${test?.sql})`,
  'sumo:count': ([arg]) => (arg === undefined ? 'count(*)' : `count(${arg.sql})`),
  'sumo:count-if': ([arg]) => `count(*) FILTER (WHERE ${arg?.sql})`,
  'sumo:count-distinct': ([arg]) => (arg === undefined ? 'NULL' : `count(DISTINCT ${asText(arg)})`),
  'sumo:sum': ([arg], { column }) =>
    arg === undefined ? 'NULL' : column.type === 'long' ? `sum(${asNumber(arg)})::BIGINT` : `sum(${asReal(arg)})`,
  'sumo:avg': ofNumber((value) => `avg(${value})`),
  'sumo:min': extreme('min'),
  'sumo:max': extreme('max'),
  // One value has no spread.
  'sumo:stddev-sample': ofNumber(
    (value) => `CASE WHEN count(${value}) > 0 THEN coalesce(stddev_samp(${value}), 0) END`,
  ),
  'sumo:stddev-population': ofNumber((value) => `stddev_pop(${value})`),
  'sumo:pct': ([arg, rank]) =>
    arg === undefined ? 'NULL' : `quantile_cont(${asReal(arg)}, ${Number(rank?.literal?.value ?? 95) / 100})`,
  'sumo:values': ([arg]) => (arg === undefined ? 'NULL' : valueList(asText(arg))),
  'sumo:first': picked('arg_min'),
  'sumo:last': picked('arg_max'),
};
