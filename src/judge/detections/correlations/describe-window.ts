import type { CompiledCorrelation } from '../../../query/engine.ts';
import { isCalled } from '../../../query/sigma/plan/compile-correlation.ts';
import type { Bounds, Correlation } from '../../../query/sigma/correlate/correlation.ts';
import type { NearestWindow } from '../../../query/sigma/correlate/nearest-window.ts';
import { plural } from '../../../util/plural.ts';

/** `5 of 10 events in 5m at best (User "ana"): failed-logon 5 hits`. */
export const describeWindow = (
  compiled: CompiledCorrelation,
  correlation: Correlation,
  { group, value, hits }: NearestWindow,
): string => {
  const asked = describeAsked(correlation, value);
  const where = group.map(([field, of]) => `${field} ${JSON.stringify(of)}`).join(', ');
  const counts = [...hits].map(([rule, count]) => `${nameOf(compiled, rule)} ${plural(count, 'hit')}`).join(', ');
  return `${asked} at best${where === '' ? '' : ` (${where})`}: ${counts}`;
};

/** What people call a rule that a correlation may name by its id. */
export const nameOf = ({ rules, correlations }: CompiledCorrelation, name: string): string => {
  const found = [...rules.map(({ rule }) => rule), ...correlations].find((one) => isCalled(one, name));
  return found === undefined ? name : (found.name ?? found.title);
};

const describeAsked = (correlation: Correlation, value: number | null): string => {
  const { bounds, expression, rules, type } = correlation;
  const within = `in ${describeTimespan(correlation.timespanMicros)}`;
  const of = `of ${correlation.valueFields.join(' and ')}`;
  switch (type) {
    case 'event_count':
      return `${ratio(value, bounds, 'events')} ${within}`;
    case 'value_count':
      return `${ratio(value, bounds, `values ${of}`)} ${within}`;
    case 'value_sum':
    case 'value_avg':
    case 'value_percentile': {
      const measure = {
        value_sum: 'sum',
        value_avg: 'average',
        value_percentile: `${correlation.percentile}th percentile`,
      };
      return `${measure[type]} ${of} ${value === null ? 'without a number' : ratio(value, bounds, '')} ${within}`.replace(
        '  ',
        ' ',
      );
    }
    case 'temporal':
    case 'temporal_ordered': {
      if (expression !== null)
        return `${value ?? 0} of the ${rules.length} rules ${within}, not as the condition says,`;
      const all: Bounds = [{ operator: 'gte', value: new Set(rules).size }];
      const said = `${ratio(value, bounds.length === 0 ? all : bounds, 'rules')} ${within}`;
      return type === 'temporal_ordered' && (value ?? 0) >= rules.length ? `${said}, in another order,` : said;
    }
  }
};

/** `5 of 10 events`; of bounds that are no plain number to reach: `12 events where at most 10 are asked for`. */
const ratio = (value: number | null, bounds: Bounds, what: string): string => {
  const [only, another] = bounds;
  if (only?.operator === 'gte' && another === undefined) return `${value ?? 0} of ${only.value} ${what}`.trimEnd();
  const wanted = bounds.map(({ operator, value: bound }) => `${words[operator]} ${bound}`).join(' and ');
  return `${value ?? 0} ${what}`.trimEnd() + ` where ${wanted} is asked for`;
};

const words: Readonly<Record<Bounds[number]['operator'], string>> = {
  gt: 'more than',
  gte: 'at least',
  lt: 'less than',
  lte: 'at most',
  eq: 'exactly',
  neq: 'anything but',
};

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

const describeTimespan = (micros: number): string => {
  const seconds = micros / 1e6;
  const [unit, size] = units.find(([, each]) => seconds % each === 0) ?? ['s', 1];
  return `${seconds / size}${unit}`;
};
