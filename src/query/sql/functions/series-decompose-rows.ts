import type { Call } from '../../plan/expr.ts';
import { decompose, outlierScores, seasonalOf, type Decomposition, type Trend } from '../../values/decompose.ts';
import type { Dynamic } from '../../values/dynamic.ts';
import { numbersOf, wholeSeries } from '../../values/series.ts';
import type { FunctionTable, SqlFunction } from '../function-table.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

/** How the service finds a period by itself is written nowhere, and what it finds decides the answer: it has to be told. */
const byItself = (name: string): string =>
  `${name} that finds the period by itself: say how many points it is, or 0 for none`;

const withPeriod =
  (position: number) =>
  (call: Call): string | null => {
    const period = call.args[position];
    const isGiven = period?.kind === 'literal' ? !String(period.value).startsWith('-') : period !== undefined;
    return isGiven ? null : byItself(call.fn);
  };

const trends: ReadonlySet<string> = new Set(['avg', 'linefit', 'none']);

const parts = (series: Dynamic, period: bigint, trend: string | null, tested: bigint | null): Decomposition | null => {
  const y = wholeSeries(series);
  const name = trend === null || trend === '' ? 'avg' : trend;
  if (period < 0n) throw new Error(`Not supported: ${byItself('series_decompose')}`);
  if (y === null || y.length === 0 || !trends.has(name)) return null;
  return decompose(y, { period: Number(period), trend: name as Trend, tested: Number(tested ?? 0n) });
};

/** What lies outside the fences by more than the threshold, as 1 above and -1 below, with its score and what was expected. */
const anomalies = (
  series: Dynamic,
  threshold: number | null,
  period: bigint,
  trend: string | null,
  tested: bigint | null,
  method: string | null,
): Dynamic => {
  const found = parts(series, period, trend, tested);
  if (found === null) return null;
  const scores = outlierScores(found.residual, method === 'tukey' ? 'tukey' : 'ctukey');
  const most = threshold ?? 1.5;
  return [scores.map((score) => (score > most ? 1n : score < -most ? -1n : 0n)), [...scores], [...found.baseline]];
};

const forecast = (series: Dynamic, points: bigint, period: bigint, trend: string | null): Dynamic => {
  const found = parts(series, period, trend === null || trend === '' ? 'linefit' : trend, points);
  return found === null ? null : [[...found.baseline], [...found.seasonal], [...found.trend], [...found.residual]];
};

const outliers = (series: Dynamic, kind: string | null, ignored: Dynamic): Dynamic => {
  const values = numbersOf(series);
  const skipped = typeof ignored === 'number' || typeof ignored === 'bigint' ? Number(ignored) : null;
  return values === null
    ? null
    : [
        ...outlierScores(
          values.map((value) => (value === skipped ? null : value)),
          kind === 'tukey' ? 'tukey' : 'ctukey',
        ),
      ];
};

const refusing = (name: string, spec: RowSpec, refuse: SqlFunction['refuse']): FunctionTable => {
  const fn = rowTable({ [name]: spec })[name];
  return fn === undefined ? {} : { [name]: { ...fn, ...(refuse === undefined ? {} : { refuse }) } };
};

/** Other quantiles than the documented ones would need a unit that no answer of the service shows. */
const defaultQuantiles = (call: Call): string | null => {
  const [, , , low, high] = call.args;
  const isDefault = (given: Call['args'][number] | undefined, value: number): boolean =>
    given === undefined || (given.kind === 'literal' && Number(given.value) === value);
  return isDefault(low, 10) && isDefault(high, 90) ? null : 'series_outliers with other percentiles than 10 and 90';
};

export const seriesDecomposeFunctions: FunctionTable = {
  ...refusing(
    'series_decompose',
    {
      params: ['dynamic', 'long', 'string', 'long', 'real'],
      required: 2,
      result: 'dynamic',
      compute: (series: Dynamic, period: bigint, trend: string | null, tested: bigint | null) => {
        const found = parts(series, period, trend, tested);
        return found === null
          ? null
          : [[...found.baseline], [...found.seasonal], [...found.trend], [...found.residual]];
      },
    },
    withPeriod(1),
  ),
  ...refusing(
    'series_decompose_anomalies',
    {
      params: ['dynamic', 'real', 'long', 'string', 'long', 'string', 'real'],
      required: 1,
      result: 'dynamic',
      compute: anomalies,
    },
    withPeriod(2),
  ),
  ...refusing(
    'series_decompose_forecast',
    { params: ['dynamic', 'long', 'long', 'string', 'real'], required: 3, result: 'dynamic', compute: forecast },
    withPeriod(2),
  ),
  ...refusing(
    'series_seasonal',
    {
      params: ['dynamic', 'long'],
      result: 'dynamic',
      compute: (series: Dynamic, period: bigint) => {
        const y = wholeSeries(series);
        return y === null || period < 0n ? null : [...seasonalOf(y, Number(period), y.length)];
      },
    },
    withPeriod(1),
  ),
  ...refusing(
    'series_outliers',
    { params: ['dynamic', 'string', 'dynamic', 'real', 'real'], required: 1, result: 'dynamic', compute: outliers },
    defaultQuantiles,
  ),
};
