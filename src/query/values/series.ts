import { isArray, type Dynamic } from './dynamic.ts';

/** Numbers of a series; what is none is missing. Null for what is no series. */
export const numbersOf = (series: Dynamic): readonly (number | null)[] | null =>
  isArray(series)
    ? series.map((item) => (typeof item === 'number' || typeof item === 'bigint' ? Number(item) : null))
    : null;

/** The numbers of a series that lacks none; null for others. */
export const wholeSeries = (series: Dynamic): readonly number[] | null => {
  const numbers = numbersOf(series);
  return numbers === null || numbers.includes(null) ? null : (numbers as readonly number[]);
};

export const knownOf = (series: readonly (number | null)[]): readonly number[] =>
  series.filter((value) => value !== null);

export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

export const meanOf = (values: readonly number[]): number => sumOf(values) / values.length;

/** The value below which a share of the values lies, between two neighbours in proportion. */
export const quantileOf = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (at - Math.floor(at)) * (high - low);
};

export const medianOf = (values: readonly number[]): number => quantileOf(values, 0.5);

export interface Line {
  readonly slope: number;
  readonly interception: number;
  readonly variance: number;
  readonly rvariance: number;
  readonly rsquare: number;
  readonly fit: readonly number[];
}

const squaresOf = (values: readonly number[]): number => sumOf(values.map((value) => value ** 2));

/** How well a curve fits: what the values vary by, what is left of it, and the share that the curve explains. */
export const qualityOf = (
  y: readonly number[],
  fit: readonly number[],
): Pick<Line, 'variance' | 'rvariance' | 'rsquare'> => {
  const average = meanOf(y);
  const variance = squaresOf(y.map((value) => value - average)) / Math.max(1, y.length - 1);
  const rvariance = squaresOf(y.map((value, x) => value - (fit[x] ?? 0))) / Math.max(1, y.length - 1);
  return { variance, rvariance, rsquare: variance === 0 ? 0 : 1 - rvariance / variance };
};

/** The straight line with the least squares. */
export const fitLine = (y: readonly number[]): Line => {
  const [mx, my] = [(y.length - 1) / 2, meanOf(y)];
  const sxx = sumOf(y.map((_, x) => (x - mx) ** 2));
  const sxy = sumOf(y.map((value, x) => (x - mx) * (value - my)));
  const slope = sxx === 0 ? 0 : sxy / sxx;
  const interception = my - slope * mx;
  const fit = y.map((_, x) => interception + slope * x);
  return { slope, interception, fit, ...qualityOf(y, fit) };
};
