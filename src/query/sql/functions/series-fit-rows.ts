import type { Dynamic } from '../../values/dynamic.ts';
import { fitLine, qualityOf, wholeSeries, type Line } from '../../values/series.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

const bag = (values: Readonly<Record<string, Dynamic>>): Dynamic => new Map(Object.entries(values));

const lineOf = (series: Dynamic): Line | null => {
  const values = wholeSeries(series);
  return values === null || values.length < 2 ? null : fitLine(values);
};

interface TwoLines {
  readonly split: number;
  readonly left: Line;
  readonly right: Line;
  readonly whole: ReturnType<typeof qualityOf>;
  readonly fit: readonly number[];
}

/** Two straight lines that leave the least squares, the second beginning at `split`. */
const fitTwoLines = (series: Dynamic): TwoLines | null => {
  const y = wholeSeries(series);
  if (y === null || y.length < 4) return null;
  const squares = ({ rvariance, fit }: Line): number => rvariance * Math.max(1, fit.length - 1);
  const splits = Array.from({ length: y.length - 3 }, (_, index) => index + 2).map((split) => {
    const [left, right] = [fitLine(y.slice(0, split)), fitLine(y.slice(split))];
    return { split, left, right, left_over: squares(left) + squares(right) };
  });
  const best = splits.reduce((least, candidate) => (candidate.left_over < least.left_over ? candidate : least));
  const fit = [...best.left.fit, ...best.right.fit];
  return { ...best, fit, whole: qualityOf(y, fit) };
};

const sideOf = ({ rsquare, slope, interception, variance, rvariance }: Line): readonly number[] => [
  rsquare,
  slope,
  interception,
  variance,
  rvariance,
];

const sideNames = ['rsquare', 'slope', 'interception', 'variance', 'rvariance'] as const;

/** The solution of a system of linear equations, by elimination; null where there is none. */
const solve = (rows: readonly (readonly number[])[]): readonly number[] | null => {
  const matrix = rows.map((row) => [...row]);
  const size = matrix.length;
  for (let column = 0; column < size; column++) {
    const below = matrix.slice(column).map((row) => Math.abs(row[column] ?? 0));
    const pivot = column + below.indexOf(Math.max(...below));
    const [head, other] = [matrix[pivot], matrix[column]];
    if (head === undefined || other === undefined || (head[column] ?? 0) === 0) return null;
    matrix[pivot] = other;
    matrix[column] = head;
    for (const row of matrix) {
      if (row === head) continue;
      const factor = (row[column] ?? 0) / (head[column] ?? 1);
      for (let at = column; at <= size; at++) row[at] = (row[at] ?? 0) - factor * (head[at] ?? 0);
    }
  }
  return matrix.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
};

/** Of a higher degree rounding would be all there is. */
const highestDegree = 5;

/** The polynomial with the least squares, its coefficients from the highest degree down. */
const fitPoly = (series: Dynamic, points: Dynamic, degree: bigint | null): Dynamic => {
  const y = wholeSeries(series);
  const x = points === null ? (y?.map((_, index) => index) ?? null) : wholeSeries(points);
  const order = Number(degree ?? 2n);
  if (y === null || x?.length !== y.length || order < 1 || order > highestDegree || y.length <= order) return null;
  // Around the middle of the points sums of high powers stay small; the result is expanded again below.
  const middle = x.reduce((sum, value) => sum + value, 0) / x.length;
  const power = (n: number): number => x.reduce((sum, value) => sum + (value - middle) ** n, 0);
  const system = Array.from({ length: order + 1 }, (_, row) => [
    ...Array.from({ length: order + 1 }, (__, column) => power(row + column)),
    y.reduce((sum, value, index) => sum + value * ((x[index] ?? 0) - middle) ** row, 0),
  ]);
  const centred = solve(system);
  if (centred === null) return null;
  const fit = x.map((value) => centred.reduce((sum, weight, n) => sum + weight * (value - middle) ** n, 0));
  const plain = centred.map((_, n) =>
    centred.reduce((sum, weight, k) => (k < n ? sum : sum + weight * choose(k, n) * (-middle) ** (k - n)), 0),
  );
  const { rsquare, variance, rvariance } = qualityOf(y, fit);
  return [rsquare, plain.toReversed(), variance, rvariance, fit];
};

const choose = (n: number, k: number): number => (k === 0 || k === n ? 1 : choose(n - 1, k - 1) + choose(n - 1, k));

const ofSeries = (compute: RowSpec['compute']): RowSpec => ({ params: ['dynamic'], result: 'dynamic', compute });

export const seriesFitFunctions = rowTable({
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
  series_fit_2lines: ofSeries((series: Dynamic) => {
    const lines = fitTwoLines(series);
    if (lines === null) return null;
    const { whole, split, fit, left, right } = lines;
    return [whole.rsquare, BigInt(split), whole.variance, whole.rvariance, [...fit], ...sideOf(right), ...sideOf(left)];
  }),
  series_fit_2lines_dynamic: ofSeries((series: Dynamic) => {
    const lines = fitTwoLines(series);
    if (lines === null) return null;
    const { whole, split, fit, left, right } = lines;
    const side = (line: Line): Dynamic =>
      new Map(sideOf(line).map((value, index): [string, number] => [sideNames[index] ?? '', value]));
    return bag({
      rsquare: whole.rsquare,
      split_idx: BigInt(split),
      variance: whole.variance,
      rvariance: whole.rvariance,
      line_fit: [...fit],
      right: side(right),
      left: side(left),
    });
  }),
  series_fit_poly: { params: ['dynamic', 'dynamic', 'long'], required: 1, result: 'dynamic', compute: fitPoly },
});
