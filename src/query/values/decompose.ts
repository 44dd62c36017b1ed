import { fitLine, meanOf, medianOf, quantileOf } from './series.ts';

export type Trend = 'avg' | 'linefit' | 'none';

export interface Decomposition {
  readonly baseline: readonly number[];
  readonly seasonal: readonly number[];
  readonly trend: readonly number[];
  readonly residual: readonly number[];
}

/** The medians of the points of each phase; a period of 0 is no season. Learned from the first `learned` points. */
export const seasonalOf = (y: readonly number[], period: number, learned: number): readonly number[] => {
  if (period < 1) return y.map(() => 0);
  const medians = Array.from({ length: Math.min(period, learned) }, (_, phase) =>
    medianOf(y.slice(0, learned).filter((_value, index) => index % period === phase)),
  );
  return y.map((_, index) => medians[index % period] ?? 0);
};

const trendOf = (values: readonly number[], trend: Trend, length: number): readonly number[] => {
  const points = Array.from({ length }, (_, index) => index);
  if (trend === 'none' || values.length === 0) return points.map(() => 0);
  if (trend === 'avg') return points.map(() => meanOf(values));
  const { interception, slope } = fitLine(values);
  return points.map((x) => interception + slope * x);
};

/** A series as its season, its trend, and what is left. The last `tested` points teach nothing. */
export const decompose = (
  y: readonly number[],
  { period, trend, tested }: { readonly period: number; readonly trend: Trend; readonly tested: number },
): Decomposition => {
  const learned = Math.max(0, y.length - tested);
  const seasonal = seasonalOf(y, period, learned);
  const rest = y.slice(0, learned).map((value, index) => value - (seasonal[index] ?? 0));
  const line = trendOf(rest, trend, y.length);
  const baseline = seasonal.map((value, index) => value + (line[index] ?? 0));
  return { baseline, seasonal, trend: line, residual: y.map((value, index) => value - (baseline[index] ?? 0)) };
};

export type OutlierTest = 'tukey' | 'ctukey';

/**
 * Tukey's fences: how far a value lies beyond the outer quantiles, in units of their distance. The custom test takes wider quantiles
 * and a smaller unit, which was measured on the service's own answers.
 */
const fences: Readonly<Record<OutlierTest, { readonly share: number; readonly unit: number }>> = {
  tukey: { share: 0.25, unit: 1 },
  ctukey: { share: 0.1, unit: 0.36067156396620265 },
};

/** Scores of values, 0 within the fences; of a missing value too. */
export const outlierScores = (values: readonly (number | null)[], test: OutlierTest): readonly number[] => {
  const { share, unit } = fences[test];
  const known = values.filter((value) => value !== null);
  const [low, high] = [quantileOf(known, share), quantileOf(known, 1 - share)];
  const scale = (high - low) * unit;
  return values.map((value) => {
    if (value === null || (value >= low && value <= high)) return 0;
    return (value - (value > high ? high : low)) / scale;
  });
};
