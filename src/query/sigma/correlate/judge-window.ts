import type { ConditionSyntax } from '../condition/condition.ts';
import { readNumber } from '../values/read-number.ts';
import type { Bounds, Correlation } from './correlation.ts';
import { valueIn, type Occurrence } from './occurrence.ts';
import type { Judgement } from './windows.ts';

/** Whether a window of one group is what a correlation asks for. */
export const judgeWindow = (correlation: Correlation, window: readonly Occurrence[]): Judgement => {
  switch (correlation.type) {
    case 'event_count':
    case 'value_count':
    case 'value_sum':
    case 'value_avg':
    case 'value_percentile': {
      const value = measureWindow(correlation, window);
      return value === null ? { kind: 'too-little' } : judgeValue(value, correlation.bounds);
    }
    case 'temporal':
      return judgeRules(correlation, window);
    case 'temporal_ordered': {
      const judgement = judgeRules(correlation, window);
      return judgement.kind !== 'holds' || isOrdered(correlation.rules, window) ? judgement : { kind: 'too-little' };
    }
  }
};

/** What a correlation counts or measures in a window: events, values, a measure of them, rules. Null: there is nothing to measure. */
export const measureWindow = (correlation: Correlation, window: readonly Occurrence[]): number | null => {
  switch (correlation.type) {
    case 'event_count':
      return new Set(window.flatMap(({ events }) => events)).size;
    case 'value_count':
      return new Set(valuesOf(correlation, window)).size;
    case 'value_sum':
    case 'value_avg':
    case 'value_percentile':
      return measure(correlation, window);
    case 'temporal':
    case 'temporal_ordered':
      return new Set(window.map(({ rule }) => rule)).size;
  }
};

const judgeValue = (value: number, bounds: Bounds): Judgement => {
  for (const bound of bounds) {
    const tooLittle =
      (bound.operator === 'gt' && value <= bound.value) ||
      (bound.operator === 'gte' && value < bound.value) ||
      (bound.operator === 'eq' && value < bound.value);
    if (tooLittle) return { kind: 'too-little' };
    const tooMuch =
      (bound.operator === 'lt' && value >= bound.value) ||
      (bound.operator === 'lte' && value > bound.value) ||
      (bound.operator === 'eq' && value > bound.value) ||
      (bound.operator === 'neq' && value === bound.value);
    if (tooMuch) return { kind: 'too-much' };
  }
  return { kind: 'holds', value };
};

/** Several fields make one value together; an occurrence that lacks one of them has none. */
const valuesOf = (correlation: Correlation, window: readonly Occurrence[]): readonly string[] =>
  window.flatMap((one) => {
    const values = correlation.valueFields.map((field) => valueIn(one, field, correlation));
    return values.includes(null) ? [] : [JSON.stringify(values)];
  });

const measure = (correlation: Correlation, window: readonly Occurrence[]): number | null => {
  const numbers = window.flatMap((one) =>
    correlation.valueFields.flatMap((field) => readNumber(valueIn(one, field, correlation) ?? '') ?? []),
  );
  if (numbers.length === 0) return null;
  const sum = numbers.reduce((total, number) => total + number, 0);
  if (correlation.type === 'value_sum') return sum;
  if (correlation.type === 'value_avg') return sum / numbers.length;
  return percentileOf(numbers, correlation.percentile);
};

/** Between two values, the point that divides them in proportion. */
const percentileOf = (numbers: readonly number[], percentile: number): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (percentile / 100) * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
};

const judgeRules = (correlation: Correlation, window: readonly Occurrence[]): Judgement => {
  const seen = new Set(window.map(({ rule }) => rule));
  if (correlation.expression !== null)
    return evaluate(correlation.expression, seen) ? { kind: 'holds', value: seen.size } : { kind: 'too-little' };
  if (correlation.bounds.length > 0) return judgeValue(seen.size, correlation.bounds);
  return seen.size === new Set(correlation.rules).size ? { kind: 'holds', value: seen.size } : { kind: 'too-little' };
};

const evaluate = (syntax: ConditionSyntax, seen: ReadonlySet<string>): boolean => {
  switch (syntax.kind) {
    case 'and':
      return syntax.of.every((one) => evaluate(one, seen));
    case 'or':
      return syntax.of.some((one) => evaluate(one, seen));
    case 'not':
      return !evaluate(syntax.of, seen);
    case 'name':
      return seen.has(syntax.name);
    case 'quantified':
      return false;
  }
};

/** Whether the rules that occur do so one after the other; those that the bounds let be absent are passed over. */
const isOrdered = (rules: readonly string[], window: readonly Occurrence[]): boolean => {
  const seen = new Set(window.map(({ rule }) => rule));
  let at = 0;
  for (const rule of rules.filter((one) => seen.has(one))) {
    const next = window.findIndex((one, index) => index >= at && one.rule === rule);
    if (next < 0) return false;
    at = next + 1;
  }
  return true;
};
