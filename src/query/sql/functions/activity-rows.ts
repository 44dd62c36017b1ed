import { isArray, printDynamic, type Dynamic } from '../../values/dynamic.ts';
import { compareDynamic } from '../../values/order.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

/** Something that someone did: who, when, and what else tells it apart. */
interface Act {
  readonly id: string;
  readonly at: bigint;
  readonly dimensions: readonly Dynamic[];
}

const rowsOf = (list: Dynamic): readonly (readonly Dynamic[])[] => (isArray(list) ? list.filter(isArray) : []);

const wholeOf = (value: Dynamic | undefined): bigint =>
  typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value)));

const actsOf = (list: Dynamic): readonly Act[] =>
  rowsOf(list).flatMap(([id, at, ...dimensions]): Act[] =>
    id === null || id === undefined || at === null || at === undefined
      ? []
      : [{ id: printDynamic(id), at: wholeOf(at), dimensions }],
  );

const keyOf = ({ dimensions }: Act): string => printDynamic(dimensions);

/** The beginning of the period that a moment lies in; periods are counted from `from`. */
const periodOf = (at: bigint, from: bigint, size: bigint): bigint => at - ((((at - from) % size) + size) % size);

const periodsBetween = (from: bigint, to: bigint, size: bigint): readonly bigint[] => {
  const count = to < from ? 0n : (to - from) / size + 1n;
  if (count > 100_000n) throw new Error(`${count} periods are too many to look at`);
  return Array.from({ length: Number(count) }, (_, index) => from + BigInt(index) * size);
};

interface Window {
  readonly from: bigint;
  readonly to: bigint;
  readonly size: bigint;
}

/** Where no range is given it is that of the acts. */
const windowOf = (acts: readonly Act[], [start, end, size]: readonly (Dynamic | undefined)[]): Window => {
  const step = wholeOf(size);
  if (step <= 0n) throw new Error('a period of activity is longer than nothing');
  const times = acts.map(({ at }) => at).sort((a, b) => (a < b ? -1 : 1));
  const [first = 0n, last = -1n] = [times[0], times.at(-1)];
  return {
    from: start === null || start === undefined ? periodOf(first, 0n, step) : wholeOf(start),
    to: end === null || end === undefined ? last : wholeOf(end),
    size: step,
  };
};

type Row = readonly Dynamic[];

/** For each combination of dimensions, what its acts tell. */
const perDimensions = (
  acts: readonly Act[],
  tell: (acts: readonly Act[], dimensions: readonly Dynamic[]) => Row[],
): Row[] => [...Map.groupBy(acts, keyOf).values()].flatMap((group) => tell(group, group[0]?.dimensions ?? []));

const plugin = (tell: (acts: readonly Act[], settings: readonly Dynamic[]) => readonly Row[]): RowSpec => ({
  params: ['dynamic', 'dynamic'],
  result: 'dynamic',
  compute: (list: Dynamic, settings: Dynamic) => tell(actsOf(list), isArray(settings) ? settings : []),
});

const idsOf = (acts: readonly Act[] | undefined): ReadonlySet<string> => new Set(acts?.map(({ id }) => id) ?? []);

type Ids = ReadonlySet<string>;

const without = (ids: Ids, others: Ids): Ids => new Set([...ids].filter((id) => !others.has(id)));

const shared = (ids: Ids, others: Ids): number => [...ids].filter((id) => others.has(id)).length;

const within =
  ({ from, to }: Window) =>
  ({ at }: Act): boolean =>
    at >= from && at <= to;

/** Each period beside all before it. */
const countsMetrics = plugin((acts, settings) => {
  const window = windowOf(acts, settings);
  return perDimensions(acts.filter(within(window)), (group, dimensions) => {
    const seen = new Set<string>();
    const periods = Map.groupBy(group, ({ at }) => periodOf(at, window.from, window.size));
    return [...periods]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([period, own]) => {
        const ids = idsOf(own);
        const fresh = without(ids, seen);
        for (const id of ids) seen.add(id);
        const counts = [own.length, ids.size, fresh.size, seen.size].map(BigInt);
        return [period, ...dimensions, ...counts];
      });
  });
});

/** Each period beside the one before it. */
const metrics = plugin((acts, settings) => {
  const window = windowOf(acts, settings);
  return perDimensions(acts.filter(within(window)), (group, dimensions) => {
    const periods = Map.groupBy(group, ({ at }) => periodOf(at, window.from, window.size));
    return periodsBetween(window.from, window.to, window.size).map((period, index): Row => {
      const [ids, before] = [idsOf(periods.get(period)), idsOf(periods.get(period - window.size))];
      const returned = shared(ids, before) / before.size;
      const rates = index === 0 ? [1, 0] : [returned, 1 - returned];
      return [period, ...dimensions, BigInt(ids.size), BigInt(without(ids, before).size), ...rates];
    });
  });
});

/** Who was there in a period, and in a longer one that ends with it. */
const engagement = plugin((acts, [start, end, inner, outer]) => {
  const window = windowOf(acts, [start, end, inner]);
  const reach = wholeOf(outer);
  return perDimensions(acts, (group, dimensions) =>
    periodsBetween(window.from, window.to, window.size).flatMap((period): Row[] => {
      const until = period + window.size;
      const own = idsOf(group.filter(({ at }) => at >= period && at < until && at <= window.to));
      const around = idsOf(group.filter(({ at }) => at >= until - reach && at < until));
      if (own.size === 0) return [];
      return [[period, ...dimensions, BigInt(own.size), BigInt(around.size), own.size / around.size]];
    }),
  );
});

/** What became of those first seen in each period, in it and in every later one. */
const newMetrics = plugin((acts, [start, end, size, cohort]) => {
  const window = windowOf(acts, [start, end, size]);
  return perDimensions(acts.filter(within(window)), (group, dimensions) => {
    const periods = Map.groupBy(group, ({ at }) => periodOf(at, window.from, window.size));
    const all = periodsBetween(window.from, window.to, window.size);
    let before: Ids = new Set();
    return all.flatMap((from, index): Row[] => {
      const fresh = without(idsOf(periods.get(from)), before);
      before = new Set([...before, ...fresh]);
      const known = before;
      if (cohort !== undefined && cohort !== null && wholeOf(cohort) !== from) return [];
      return all.slice(index).map((to): Row => {
        const ids = idsOf(periods.get(to));
        const retained = shared(fresh, ids);
        const counts = [to === from ? fresh.size : without(ids, known).size, retained, fresh.size - retained].map(
          BigInt,
        );
        return [from, to, ...dimensions, ...counts, retained / fresh.size, (fresh.size - retained) / fresh.size];
      });
    });
  });
});

/** Who appeared in at least so many shorter periods before one of his acts. */
const activeUsers = plugin((acts, [start, end, lookback, short, least, bin]) => {
  const window = windowOf(acts, [start, end, bin]);
  const [reach, period, enough] = [lookback, short, least].map(wholeOf) as [bigint, bigint, bigint];
  return perDimensions(acts, (group, dimensions) => {
    const byId = Map.groupBy(group, ({ id }) => id);
    const active = group.filter(within(window)).filter(({ id, at }) => {
      const near = byId.get(id)?.filter((act) => act.at > at - reach && act.at <= at) ?? [];
      return BigInt(new Set(near.map((act) => periodOf(act.at, window.from, period))).size) >= enough;
    });
    return [...Map.groupBy(active, ({ at }) => periodOf(at, window.from, window.size))].map(([from, own]): Row => [
      from,
      ...dimensions,
      BigInt(idsOf(own).size),
    ]);
  });
});

/** All acts of the time up to each period. */
const slidingCounts = plugin((acts, [start, end, lookback, bin]) => {
  const window = windowOf(acts, [start, end, bin]);
  const reach = wholeOf(lookback);
  return perDimensions(acts, (group, dimensions) =>
    periodsBetween(window.from, window.to, window.size).flatMap((period): Row[] => {
      const until = period + window.size;
      const own = group.filter(({ at }) => at >= until - reach && at < until);
      return own.length === 0 ? [] : [[period, ...dimensions, BigInt(own.length), BigInt(idsOf(own).size)]];
    }),
  );
});

const rollingPercentile: RowSpec = {
  params: ['dynamic', 'dynamic'],
  result: 'dynamic',
  compute: (list: Dynamic, settings: Dynamic) => {
    const [percent, size, count] = isArray(settings) ? settings : [];
    const [step, bins] = [wholeOf(size), Number(count)];
    const rows = rowsOf(list).map(([value = null, index, ...dimensions]) => ({
      value,
      period: periodOf(wholeOf(index), 0n, step),
      dimensions,
    }));
    return [...Map.groupBy(rows, ({ dimensions }) => printDynamic(dimensions)).values()].flatMap((group) => {
      const periods = [...Map.groupBy(group, ({ period }) => period)].sort(([a], [b]) => (a < b ? -1 : 1));
      return periods.map(([period]): Row => {
        const values = group
          .filter((row) => row.period <= period && row.period > period - BigInt(bins) * step && row.value !== null)
          .map(({ value }) => value)
          .sort(compareDynamic);
        const rank = Math.max(1, Math.ceil((values.length * Number(percent)) / 100));
        return [period, ...(group[0]?.dimensions ?? []), values[rank - 1] ?? null];
      });
    });
  },
};

const narrow: RowSpec = {
  params: ['dynamic', 'dynamic'],
  result: 'dynamic',
  compute: (list: Dynamic, names: Dynamic) =>
    rowsOf(list).flatMap((row, index) =>
      row.map((value, column): Row => [BigInt(index), isArray(names) ? (names[column] ?? '') : '', value]),
    ),
};

export const activityFunctions = rowTable({
  plugin_activity_counts_metrics: countsMetrics,
  plugin_activity_metrics: metrics,
  plugin_activity_engagement: engagement,
  plugin_new_activity_metrics: newMetrics,
  plugin_active_users_count: activeUsers,
  plugin_sliding_window_counts: slidingCounts,
  plugin_rolling_percentile: rollingPercentile,
  plugin_narrow: narrow,
});
