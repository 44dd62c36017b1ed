import { isArray, printDynamic, type Dynamic } from '../../values/dynamic.ts';
import { compareDynamic } from '../../values/order.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

/** What stands for a digest of values here: all of them, each with its weight. The service keeps an estimate. */
interface Weighted {
  readonly value: Dynamic;
  readonly weight: number;
}

const weightedOf = (digest: Dynamic): readonly Weighted[] =>
  (isArray(digest) ? digest : [])
    .map((pair): Weighted =>
      isArray(pair) ? { value: pair[0] ?? null, weight: Number(pair[1] ?? 0) } : { value: null, weight: 0 },
    )
    .sort((a, b) => compareDynamic(a.value, b.value));

const totalOf = (values: readonly Weighted[]): number => values.reduce((sum, { weight }) => sum + weight, 0);

/** The smallest value that so many percent of all weight do not exceed. */
export const weightedPercentile = (digest: Dynamic, percent: number): Dynamic => {
  const values = weightedOf(digest);
  const wanted = (totalOf(values) * percent) / 100;
  let below = 0;
  for (const { value, weight } of values) {
    below += weight;
    if (below >= wanted) return value;
  }
  return values.at(-1)?.value ?? null;
};

/** The weight of all values up to this one. */
const rankIn = (digest: Dynamic, value: Dynamic): number =>
  totalOf(weightedOf(digest).filter((other) => compareDynamic(other.value, value) <= 0));

const distinct = (lists: readonly Dynamic[]): Dynamic => [
  ...new Map(
    lists.flatMap((list) => (isArray(list) ? list : [])).map((item) => [printDynamic(item), item] as const),
  ).values(),
];

const merged: RowSpec = {
  params: ['dynamic'],
  variadic: true,
  result: 'dynamic',
  compute: (digests: readonly Dynamic[]) => digests.flatMap((digest) => (isArray(digest) ? digest : [])),
};

export const digestFunctions = rowTable({
  dcount_hll: {
    params: ['dynamic'],
    result: 'long',
    compute: (digest: Dynamic) => (isArray(digest) ? BigInt(digest.length) : null),
  },
  /** How many values the first, the first two, … have in common. */
  dcount_intersect: {
    params: ['dynamic'],
    variadic: true,
    result: 'dynamic',
    compute: (digests: readonly Dynamic[]) => {
      const sets = digests.map((digest) => new Set((isArray(digest) ? digest : []).map(printDynamic)));
      return sets.map((_, at) => {
        const [first, ...others] = sets.slice(0, at + 1);
        return BigInt([...(first ?? [])].filter((item) => others.every((set) => set.has(item))).length);
      });
    },
  },
  hll_merge: { params: ['dynamic'], variadic: true, result: 'dynamic', compute: distinct },
  percentile_tdigest: {
    params: ['dynamic', 'real', 'string'],
    required: 2,
    result: 'dynamic',
    compute: weightedPercentile,
  },
  percentiles_array_tdigest: {
    params: ['dynamic', 'dynamic'],
    variadic: true,
    result: 'dynamic',
    compute: (digest: Dynamic, percents: readonly Dynamic[]) =>
      percents
        .flatMap((percent) => (isArray(percent) ? percent : [percent]))
        .map((percent) => weightedPercentile(digest, Number(percent))),
  },
  rank_tdigest: { params: ['dynamic', 'dynamic'], result: 'real', compute: rankIn },
  percentrank_tdigest: {
    params: ['dynamic', 'dynamic'],
    result: 'real',
    compute: (digest: Dynamic, value: Dynamic) => (rankIn(digest, value) / totalOf(weightedOf(digest))) * 100,
  },
  merge_tdigest: merged,
  tdigest_merge: merged,
});
