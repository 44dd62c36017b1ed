import { isArray, type Dynamic } from '../../values/dynamic.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

const isNumber = (value: Dynamic | undefined): value is bigint | number =>
  typeof value === 'bigint' || typeof value === 'number';

const unary = (compute: (value: number) => number): RowSpec => ({
  params: ['dynamic'],
  result: 'dynamic',
  compute: (series: Dynamic) =>
    isArray(series) ? series.map((item) => (isNumber(item) ? compute(Number(item)) : null)) : null,
});

/** Whole numbers stay whole. */
const unaryKeeping = (compute: (value: number) => number): RowSpec => ({
  params: ['dynamic'],
  result: 'dynamic',
  compute: (series: Dynamic) =>
    isArray(series)
      ? series.map((item) => {
          if (typeof item === 'bigint') return BigInt(compute(Number(item)));
          return typeof item === 'number' ? compute(item) : null;
        })
      : null,
});

/** Element by element; where either series has no number there is none. */
const binary = (compute: (left: bigint | number, right: bigint | number) => Dynamic): RowSpec => ({
  params: ['dynamic', 'dynamic'],
  result: 'dynamic',
  compute: (left: Dynamic, right: Dynamic) => {
    // A number beside a series stands for a series of it.
    const length = Math.max(...[left, right].map((side) => (isArray(side) ? side.length : 0)));
    if (!isArray(left) && !isArray(right)) return null;
    const at = (side: Dynamic, index: number): Dynamic | undefined => (isArray(side) ? side[index] : side);
    return Array.from({ length }, (_, index) => {
      const [a, b] = [at(left, index), at(right, index)];
      return isNumber(a) && isNumber(b) ? compute(a, b) : null;
    });
  },
});

const arithmetic = (whole: (a: bigint, b: bigint) => bigint, real: (a: number, b: number) => number): RowSpec =>
  binary((a, b) =>
    typeof a === 'bigint' && typeof b === 'bigint' ? BigInt.asIntN(64, whole(a, b)) : real(Number(a), Number(b)),
  );

/** Which elements a series lacks: those equal to the placeholder, and what is no number. */
const isMissing = (value: Dynamic, placeholder: Dynamic): boolean =>
  !isNumber(value) || (isNumber(placeholder) && Number(value) === Number(placeholder));

type Fill = (before: Dynamic, after: Dynamic, share: number, whole: boolean) => Dynamic;

const filled = (series: readonly Dynamic[], placeholder: Dynamic, fill: Fill): readonly Dynamic[] => {
  const missing = series.map((item) => isMissing(item, placeholder));
  const whole = series.every((item, index) => missing[index] === true || typeof item === 'bigint');
  return series.map((value, index) => {
    if (missing[index] !== true) return value;
    const from = missing.lastIndexOf(false, index);
    const to = missing.indexOf(false, index);
    const share = from === -1 || to === -1 ? 0 : (index - from) / (to - from);
    return fill(series[from] ?? null, series[to] ?? null, share, whole);
  });
};

const between: Fill = (before, after, share, whole) => {
  if (before === null || after === null) return null;
  const value = Number(before) + (Number(after) - Number(before)) * share;
  return whole ? BigInt(Math.trunc(value)) : value;
};

const fillSpec = (fill: Fill): RowSpec => ({
  params: ['dynamic', 'dynamic'],
  required: 1,
  result: 'dynamic',
  compute: (series: Dynamic, placeholder: Dynamic) => (isArray(series) ? filled(series, placeholder, fill) : null),
});

/** What stays missing where edges are not filled, and a constant where there is nothing to go by. */
const fillLinear = (series: Dynamic, placeholder: Dynamic, edges: boolean | null, constant: Dynamic): Dynamic => {
  if (!isArray(series)) return null;
  if (series.every((item) => isMissing(item, placeholder))) return series.map(() => constant ?? 0);
  return filled(series, placeholder, (before, after, share, whole) => {
    if (before !== null && after !== null) return between(before, after, share, whole);
    return edges === false ? null : (before ?? after);
  });
};

export const seriesElementFunctions = rowTable({
  series_abs: unaryKeeping(Math.abs),
  series_sign: unaryKeeping(Math.sign),
  series_floor: unaryKeeping(Math.floor),
  series_ceiling: unaryKeeping(Math.ceil),
  series_exp: unary(Math.exp),
  series_log: unary(Math.log),
  series_sin: unary(Math.sin),
  series_cos: unary(Math.cos),
  series_tan: unary(Math.tan),
  series_asin: unary(Math.asin),
  series_acos: unary(Math.acos),
  series_atan: unary(Math.atan),
  series_add: arithmetic(
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  series_subtract: arithmetic(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  series_multiply: arithmetic(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  series_divide: binary((a, b) => Number(a) / Number(b)),
  series_pow: binary((a, b) => Number(a) ** Number(b)),
  series_greater: binary((a, b) => a > b),
  series_greater_equals: binary((a, b) => a >= b),
  series_less: binary((a, b) => a < b),
  series_less_equals: binary((a, b) => a <= b),
  series_equals: binary((a, b) => Number(a) === Number(b)),
  series_not_equals: binary((a, b) => Number(a) !== Number(b)),
  series_fill_const: {
    params: ['dynamic', 'dynamic', 'dynamic'],
    required: 2,
    result: 'dynamic',
    compute: (series: Dynamic, constant: Dynamic, placeholder: Dynamic) =>
      isArray(series) ? filled(series, placeholder, () => constant) : null,
  },
  series_fill_forward: fillSpec((before) => before),
  series_fill_backward: fillSpec((_, after) => after),
  series_fill_linear: {
    params: ['dynamic', 'dynamic', 'bool', 'dynamic'],
    required: 1,
    result: 'dynamic',
    compute: fillLinear,
  },
});
