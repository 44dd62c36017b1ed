import { printDynamic, type Dynamic } from './dynamic.ts';

const rank = (value: Dynamic): number => {
  switch (typeof value) {
    case 'bigint':
    case 'number':
      return 0;
    case 'string':
      return 1;
    case 'boolean':
      return 2;
    default:
      return 3;
  }
};

/** An order of dynamic values: numbers, texts, truth values, the rest by their text. */
export const compareDynamic = (left: Dynamic, right: Dynamic): number => {
  const [a, b] = [rank(left), rank(right)];
  if (a !== b) return a - b;
  if (a === 0) return left === right ? 0 : Number(left) < Number(right) ? -1 : 1;
  const [x, y] = [left, right].map((value) => (typeof value === 'string' ? value : printDynamic(value))) as [
    string,
    string,
  ];
  return x === y ? 0 : x < y ? -1 : 1;
};

/** Whether two dynamic values are the same; `1` and `1.0` are. */
export const sameDynamic = (left: Dynamic, right: Dynamic): boolean => {
  const numeric = (value: Dynamic): boolean => typeof value === 'number' || typeof value === 'bigint';
  return numeric(left) && numeric(right) ? Number(left) === Number(right) : printDynamic(left) === printDynamic(right);
};
