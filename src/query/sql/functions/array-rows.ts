import { isArray, printDynamic, type Dynamic } from '../../values/dynamic.ts';
import { compareDynamic, sameDynamic } from '../../values/order.ts';
import { printDatetime, printTimespan } from '../../values/ticks.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

type List = readonly Dynamic[];

/** A function of one array; anything else gives null. */
const ofArray = (
  params: RowSpec['params'],
  compute: (list: List, ...more: never[]) => Dynamic,
  required = 1,
): RowSpec => ({
  params: ['dynamic', ...params],
  required,
  result: 'dynamic',
  compute: (list: Dynamic, ...more: never[]) => (isArray(list) ? compute(list, ...more) : null),
});

const rotated = (list: List, by: bigint): List => {
  if (list.length === 0) return list;
  const at = ((Number(by) % list.length) + list.length) % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
};

const shifted = (list: List, by: bigint, fill: Dynamic): List => {
  const count = Math.min(Math.abs(Number(by)), list.length);
  const filled = Array.from({ length: count }, () => fill);
  return by >= 0n ? [...list.slice(count), ...filled] : [...filled, ...list.slice(0, list.length - count)];
};

/** Both ends included; negative ones count from the end. */
const slice = (list: List, start: bigint, end: bigint): List => {
  const at = (index: bigint): number => (index < 0n ? list.length + Number(index) : Number(index));
  return list.slice(Math.max(0, at(start)), Math.max(0, at(end) + 1));
};

const cutAt = (list: List, indices: Dynamic): List => {
  const points = (isArray(indices) ? indices : [indices])
    .map((index) =>
      Number(index) < 0 ? Math.max(0, list.length + Number(index)) : Math.min(Number(index), list.length),
    )
    .sort((a, b) => a - b);
  return [...points, list.length].map((end, index) => list.slice(index === 0 ? 0 : points[index - 1], end));
};

/** Other arrays are put into the order of the first one; nulls come last, or first when asked. */
const sorted = (descending: boolean): RowSpec => ({
  params: ['dynamic', 'dynamic'],
  variadic: true,
  result: 'dynamic',
  compute: (list: Dynamic, others: List) => {
    if (!isArray(list)) return null;
    const nullsLast = !others.includes(false);
    const along = others.filter(isArray);
    const order = list
      .map((value, index) => ({ value, index }))
      .sort((a, b) => {
        if (a.value === null || b.value === null)
          return (Number(a.value === null) - Number(b.value === null)) * (nullsLast ? 1 : -1);
        return (descending ? -1 : 1) * compareDynamic(a.value, b.value) || a.index - b.index;
      });
    const first = order.map(({ value }) => value);
    return along.length === 0
      ? first
      : [first, ...along.map((other) => order.map(({ index }) => other[index] ?? null))];
  },
});

const union = (lists: readonly List[]): List => [
  ...new Map(lists.flat().map((item) => [printDynamic(item), item])).values(),
];

const has = (list: Dynamic, value: Dynamic): boolean => isArray(list) && list.some((item) => sameDynamic(item, value));

/** Functions of several arrays: null where one is none. */
const ofArrays = (compute: (lists: readonly List[]) => Dynamic): RowSpec => ({
  params: ['dynamic'],
  variadic: true,
  result: 'dynamic',
  compute: (lists: List) => (lists.every(isArray) ? compute(lists) : null),
});

/** The most that `range` gives. */
const longestRange = 1_048_576;

const numberRange = (start: number, stop: number, step: number, print: (value: number) => Dynamic): Dynamic => {
  if (step === 0 || Number.isNaN(step)) return null;
  const count = Math.min(longestRange, Math.floor((stop - start) / step + 1e-9) + 1);
  return Array.from({ length: Math.max(0, count) }, (_, index) => print(start + index * step));
};

const ticksRange = (start: bigint, stop: bigint, step: bigint, print: (ticks: bigint) => string): Dynamic => {
  if (step === 0n) return null;
  const items: Dynamic[] = [];
  for (let at = start; (step > 0n ? at <= stop : at >= stop) && items.length < longestRange; at += step)
    items.push(print(at));
  return items;
};

const iff: RowSpec = {
  params: ['dynamic', 'dynamic', 'dynamic'],
  result: 'dynamic',
  seesNull: true,
  compute: (conditions: Dynamic, yes: Dynamic, no: Dynamic) => {
    if (!isArray(conditions)) return null;
    const pick = (branch: Dynamic, index: number): Dynamic => (isArray(branch) ? (branch[index] ?? null) : branch);
    return conditions.map((condition, index) => {
      const truth =
        typeof condition === 'number' || typeof condition === 'bigint' ? Number(condition) !== 0 : condition;
      return truth === true ? pick(yes, index) : truth === false ? pick(no, index) : null;
    });
  },
};

const indexOf = (
  list: Dynamic,
  value: Dynamic,
  start: bigint | null,
  length: bigint | null,
  occurrence: bigint | null,
): bigint | null => {
  if (!isArray(list)) return null;
  const from = start === null ? 0 : start < 0n ? Math.max(0, list.length + Number(start)) : Number(start);
  const end = length === null || length < 0n ? list.length : Math.min(list.length, from + Number(length));
  let left = Number(occurrence ?? 1n);
  for (let index = from; index < end; index++)
    if (sameDynamic(list[index] ?? null, value) && --left === 0) return BigInt(index);
  return -1n;
};

export const arrayRowFunctions = rowTable({
  array_concat: {
    params: ['dynamic'],
    variadic: true,
    result: 'dynamic',
    compute: (lists: List) => lists.filter(isArray).flat(),
  },
  array_reverse: ofArray([], (list) => list.toReversed()),
  array_rotate_left: ofArray(['long'], (list, by: bigint) => rotated(list, by), 2),
  array_rotate_right: ofArray(['long'], (list, by: bigint) => rotated(list, -by), 2),
  array_shift_left: ofArray(['long', 'dynamic'], (list, by: bigint, fill: Dynamic) => shifted(list, by, fill), 2),
  array_shift_right: ofArray(['long', 'dynamic'], (list, by: bigint, fill: Dynamic) => shifted(list, -by, fill), 2),
  array_slice: ofArray(['long', 'long'], (list, start: bigint, end: bigint) => slice(list, start, end), 3),
  array_split: ofArray(['dynamic'], (list, indices: Dynamic) => cutAt(list, indices), 2),
  array_sort_asc: sorted(false),
  array_sort_desc: sorted(true),
  array_sum: {
    params: ['dynamic'],
    result: 'real',
    compute: (list: Dynamic) =>
      isArray(list) ? list.reduce<number>((sum, item) => sum + (item === null ? 0 : Number(item)), 0) : null,
  },
  array_index_of: {
    params: ['dynamic', 'dynamic', 'long', 'long', 'long'],
    required: 2,
    result: 'long',
    compute: indexOf,
  },
  array_iff: iff,
  array_iif: iff,
  set_union: ofArrays(union),
  set_intersect: ofArrays(([first = [], ...others]) =>
    union([first]).filter((item) => others.every((list) => has(list, item))),
  ),
  set_difference: ofArrays(([first = [], ...others]) =>
    union([first]).filter((item) => !others.some((list) => has(list, item))),
  ),
  set_has_element: { params: ['dynamic', 'dynamic'], result: 'bool', compute: has },
  set_equals: {
    params: ['dynamic', 'dynamic'],
    result: 'bool',
    compute: (left: Dynamic, right: Dynamic) =>
      isArray(left) && isArray(right)
        ? left.every((item) => has(right, item)) && right.every((item) => has(left, item))
        : null,
  },
  jaccard_index: {
    params: ['dynamic', 'dynamic'],
    result: 'real',
    compute: (left: Dynamic, right: Dynamic) => {
      if (!isArray(left) || !isArray(right)) return null;
      const all = union([left, right]);
      return all.length === 0 ? null : all.filter((item) => has(left, item) && has(right, item)).length / all.length;
    },
  },
  zip: {
    params: ['dynamic'],
    variadic: true,
    result: 'dynamic',
    compute: (lists: List) => {
      const arrays = lists.map((list) => (isArray(list) ? list : [list]));
      return Array.from({ length: Math.max(0, ...arrays.map((list) => list.length)) }, (_, index) =>
        arrays.map((list) => list[index] ?? null),
      );
    },
  },
  repeat: {
    params: ['dynamic', 'long'],
    result: 'dynamic',
    seesNull: true,
    compute: (value: Dynamic, count: bigint | null) =>
      count === null ? null : Array.from({ length: Math.max(0, Number(count)) }, () => value),
  },
  range_long: {
    params: ['real', 'real', 'real'],
    result: 'dynamic',
    compute: (start: number, stop: number, step: number) => numberRange(start, stop, step, BigInt),
  },
  range_real: {
    params: ['real', 'real', 'real'],
    result: 'dynamic',
    compute: (start: number, stop: number, step: number) => numberRange(start, stop, step, (value) => value),
  },
  range_datetime: {
    params: ['datetime', 'datetime', 'timespan'],
    result: 'dynamic',
    compute: (start: bigint, stop: bigint, step: bigint) => ticksRange(start, stop, step, printDatetime),
  },
  range_timespan: {
    params: ['timespan', 'timespan', 'timespan'],
    result: 'dynamic',
    compute: (start: bigint, stop: bigint, step: bigint) => ticksRange(start, stop, step, printTimespan),
  },
});
