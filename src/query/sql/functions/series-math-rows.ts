import { isArray, type Dynamic } from '../../values/dynamic.ts';
import { knownOf, meanOf, numbersOf, sumOf, wholeSeries } from '../../values/series.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

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
  const values = numbersOf(series);
  const found = values === null ? [] : knownOf(values);
  if (values === null || found.length === 0) return null;
  const [min, max, avg] = [Math.min(...found), Math.max(...found), meanOf(found)];
  const variance = found.length < 2 ? 0 : sumOf(found.map((value) => (value - avg) ** 2)) / (found.length - 1);
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

/** A recursive filter: `a` weighs earlier results, `b` earlier values. */
const iir = (series: Dynamic, b: Dynamic, a: Dynamic): Dynamic => {
  const [x, numerator, denominator] = [series, b, a].map(numbersOf);
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

/** A weighted sum of each value and those before it, or around it; weights that have a sum are shares of it. */
const fir = (series: Dynamic, filter: Dynamic, normalize: boolean | null, center: boolean | null): Dynamic => {
  const [x, weights] = [wholeSeries(series), wholeSeries(filter)];
  if (x === null || weights === null) return null;
  const total = sumOf(weights);
  const scale = normalize !== false && total !== 0 ? total : 1;
  const shift = center === true ? Math.floor(weights.length / 2) : 0;
  return x.map((_, at) => sumOf(weights.map((weight, back) => weight * (x[at + shift - back] ?? 0))) / scale);
};

const pearson = (left: Dynamic, right: Dynamic): number | null => {
  const [x, y] = [left, right].map((series) => knownOf(numbersOf(series) ?? []));
  if (x === undefined || y === undefined || x.length !== y.length || x.length < 2) return null;
  const [mx, my] = [meanOf(x), meanOf(y)];
  const sum = (of: (index: number) => number): number => x.reduce((total, _, index) => total + of(index), 0);
  const dx = (index: number): number => (x[index] ?? 0) - mx;
  const dy = (index: number): number => (y[index] ?? 0) - my;
  return sum((i) => dx(i) * dy(i)) / Math.sqrt(sum((i) => dx(i) ** 2) * sum((i) => dy(i) ** 2));
};

/** Null for series that are not of one length. */
const dotProduct = (left: Dynamic, right: Dynamic): number | null => {
  const [x, y] = [wholeSeries(left), wholeSeries(right)];
  if (x === null || y === null || x.length !== y.length) return null;
  return sumOf(x.map((value, index) => value * (y[index] ?? 0)));
};

const magnitude = (series: Dynamic): number | null => {
  const square = dotProduct(series, series);
  return square === null ? null : Math.sqrt(square);
};

const cosine = (left: Dynamic, right: Dynamic, size: number | null, otherSize: number | null): number | null => {
  const product = dotProduct(left, right);
  const [a, b] = [size ?? magnitude(left), otherSize ?? magnitude(right)];
  return product === null || a === null || b === null ? null : product / (a * b);
};

/** Longer series are hostile to a sum over all pairs. */
const longestTransform = 8192;

/** The discrete Fourier transform (`sign` -1) and its inverse (1), as [real, imaginary]. */
const fourier =
  (sign: 1 | -1) =>
  (real: Dynamic, imaginary: Dynamic): Dynamic => {
    const re = wholeSeries(real);
    const im = imaginary === null ? re?.map(() => 0) : wholeSeries(imaginary);
    if (re === null || im === null || im?.length !== re.length || re.length > longestTransform) return null;
    const n = re.length;
    const at = (k: number, part: 0 | 1): number =>
      re.reduce((sum, x, index) => {
        const angle = (sign * 2 * Math.PI * ((k * index) % n)) / n;
        const y = im[index] ?? 0;
        return (
          sum + (part === 0 ? x * Math.cos(angle) - y * Math.sin(angle) : x * Math.sin(angle) + y * Math.cos(angle))
        );
      }, 0) / (sign === 1 ? n : 1);
    return ([0, 1] as const).map((part) => re.map((_, k) => at(k, part)));
  };

const bag = (values: Readonly<Record<string, Dynamic>>): Dynamic => new Map(Object.entries(values));

const ofSeries = (compute: RowSpec['compute'], result: RowSpec['result'] = 'dynamic'): RowSpec => ({
  params: ['dynamic'],
  result,
  compute,
});

const transform = (compute: RowSpec['compute']): RowSpec => ({
  params: ['dynamic', 'dynamic'],
  required: 1,
  result: 'dynamic',
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
  series_sum: ofSeries((series: Dynamic) => sumOf(knownOf(numbersOf(series) ?? [])), 'real'),
  series_product: ofSeries(
    (series: Dynamic) =>
      isArray(series) ? knownOf(numbersOf(series) ?? []).reduce((product, value) => product * value, 1) : null,
    'real',
  ),
  series_magnitude: ofSeries(magnitude, 'real'),
  series_dot_product: { params: ['dynamic', 'dynamic'], result: 'real', compute: dotProduct },
  series_cosine_similarity: {
    params: ['dynamic', 'dynamic', 'real', 'real'],
    required: 2,
    result: 'real',
    compute: cosine,
  },
  series_fft: transform(fourier(-1)),
  series_ifft: transform(fourier(1)),
  series_fir: { params: ['dynamic', 'dynamic', 'bool', 'bool'], required: 2, result: 'dynamic', compute: fir },
  series_iir: { params: ['dynamic', 'dynamic', 'dynamic'], result: 'dynamic', compute: iir },
  series_pearson_correlation: { params: ['dynamic', 'dynamic'], result: 'real', compute: pearson },
});
