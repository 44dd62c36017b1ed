import { isArray, type Dynamic } from '../../values/dynamic.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

/** Numbers of a series; what is none is missing. */
const numbers = (series: Dynamic): readonly (number | null)[] | null =>
  isArray(series)
    ? series.map((item) => (typeof item === 'number' || typeof item === 'bigint' ? Number(item) : null))
    : null;

const known = (series: readonly (number | null)[]): readonly number[] => series.filter((value) => value !== null);

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

interface Line {
  readonly slope: number;
  readonly interception: number;
  readonly variance: number;
  readonly rvariance: number;
  readonly rsquare: number;
  readonly fit: readonly number[];
}

/** The straight line with the least squares. */
const fitLine = (y: readonly number[]): Line => {
  const [mx, my] = [(y.length - 1) / 2, mean(y)];
  const sxx = y.reduce((sum, _, x) => sum + (x - mx) ** 2, 0);
  const sxy = y.reduce((sum, value, x) => sum + (x - mx) * (value - my), 0);
  const slope = sxx === 0 ? 0 : sxy / sxx;
  const interception = my - slope * mx;
  const fit = y.map((_, x) => interception + slope * x);
  const squares = (values: readonly number[]): number => values.reduce((sum, value) => sum + value ** 2, 0);
  const variance = squares(y.map((value) => value - my)) / Math.max(1, y.length - 1);
  const rvariance = squares(y.map((value, x) => value - (fit[x] ?? 0))) / Math.max(1, y.length - 1);
  return { slope, interception, variance, rvariance, rsquare: variance === 0 ? 0 : 1 - rvariance / variance, fit };
};

const lineOf = (series: Dynamic): Line | null => {
  const values = numbers(series);
  return values === null || values.length < 2 || values.includes(null) ? null : fitLine(known(values));
};

interface Stats {
  readonly min: number;
  readonly min_idx: bigint;
  readonly max: number;
  readonly max_idx: bigint;
  readonly avg: number;
  readonly stdev: number;
  readonly variance: number;
  readonly sum: number;
  readonly len: bigint;
}

const statsOf = (series: Dynamic): Stats | null => {
  const values = numbers(series);
  const found = values === null ? [] : known(values);
  if (values === null || found.length === 0) return null;
  const [min, max, avg] = [Math.min(...found), Math.max(...found), mean(found)];
  const variance =
    found.length < 2 ? 0 : found.reduce((sum, value) => sum + (value - avg) ** 2, 0) / (found.length - 1);
  return {
    min,
    min_idx: BigInt(values.indexOf(min)),
    max,
    max_idx: BigInt(values.indexOf(max)),
    avg,
    stdev: Math.sqrt(variance),
    variance,
    sum: avg * found.length,
    len: BigInt(values.length),
  };
};

/** The missing values of a series, by what stands before and after them. */
const filled =
  (fill: (before: number | null, after: number | null, share: number) => number | null): RowSpec['compute'] =>
  (series: Dynamic): Dynamic => {
    const values = numbers(series);
    if (values === null || !isArray(series)) return null;
    const before = (at: number): number => values.findLastIndex((value, index) => index < at && value !== null);
    const after = (at: number): number => values.findIndex((value, index) => index > at && value !== null);
    return values.map((value, index): Dynamic => {
      if (value !== null) return series[index] ?? null;
      const [from, to] = [before(index), after(index)];
      return fill(
        values[from] ?? null,
        values[to] ?? null,
        from === -1 || to === -1 ? 0 : (index - from) / (to - from),
      );
    });
  };

/** A recursive filter: `a` weighs earlier results, `b` earlier values. */
const iir = (series: Dynamic, b: Dynamic, a: Dynamic): Dynamic => {
  const [x, numerator, denominator] = [series, b, a].map(numbers);
  const first = denominator?.[0] ?? null;
  if (x === null || x === undefined || !numerator || !denominator || first === null || first === 0) return null;
  const results: number[] = [];
  x.forEach((_, at) => {
    const forward = numerator.reduce<number>((sum, weight, back) => sum + (weight ?? 0) * (x[at - back] ?? 0), 0);
    const back = denominator
      .slice(1)
      .reduce<number>((sum, weight, index) => sum + (weight ?? 0) * (results[at - index - 1] ?? 0), 0);
    results.push((forward - back) / first);
  });
  return results;
};

const pearson = (left: Dynamic, right: Dynamic): number | null => {
  const [x, y] = [left, right].map((series) => known(numbers(series) ?? []));
  if (x === undefined || y === undefined || x.length !== y.length || x.length < 2) return null;
  const [mx, my] = [mean(x), mean(y)];
  const sum = (of: (index: number) => number): number => x.reduce((total, _, index) => total + of(index), 0);
  const dx = (index: number): number => (x[index] ?? 0) - mx;
  const dy = (index: number): number => (y[index] ?? 0) - my;
  return sum((i) => dx(i) * dy(i)) / Math.sqrt(sum((i) => dx(i) ** 2) * sum((i) => dy(i) ** 2));
};

const bag = (values: Readonly<Record<string, Dynamic>>): Dynamic => new Map(Object.entries(values));

const ofSeries = (compute: RowSpec['compute'], result: RowSpec['result'] = 'dynamic'): RowSpec => ({
  params: ['dynamic'],
  result,
  compute,
});

export const seriesMathFunctions = rowTable({
  series_stats_dynamic: ofSeries((series: Dynamic) => {
    const stats = statsOf(series);
    return stats === null ? null : bag({ ...stats });
  }),
  series_stats: ofSeries((series: Dynamic) => {
    const stats = statsOf(series);
    return stats === null
      ? null
      : [stats.min, stats.min_idx, stats.max, stats.max_idx, stats.avg, stats.stdev, stats.variance];
  }),
  series_fit_line: ofSeries((series: Dynamic) => {
    const line = lineOf(series);
    return line === null
      ? null
      : [line.rsquare, line.slope, line.variance, line.rvariance, line.interception, [...line.fit]];
  }),
  series_fit_line_dynamic: ofSeries((series: Dynamic) => {
    const line = lineOf(series);
    return line === null
      ? null
      : bag({
          rsquare: line.rsquare,
          slope: line.slope,
          variance: line.variance,
          rvariance: line.rvariance,
          interception: line.interception,
          line_fit: [...line.fit],
        });
  }),
  series_fill_forward: ofSeries(filled((before) => before)),
  series_fill_backward: ofSeries(filled((_, after) => after)),
  series_fill_linear: ofSeries(
    filled((before, after, share) =>
      before === null ? after : after === null ? before : before + (after - before) * share,
    ),
  ),
  series_sum: ofSeries(
    (series: Dynamic) => known(numbers(series) ?? []).reduce((sum, value) => sum + value, 0),
    'real',
  ),
  series_iir: { params: ['dynamic', 'dynamic', 'dynamic'], result: 'dynamic', compute: iir },
  series_pearson_correlation: { params: ['dynamic', 'dynamic'], result: 'real', compute: pearson },
});
