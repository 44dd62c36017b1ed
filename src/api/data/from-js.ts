import type { Dynamic } from '../../query/values/dynamic.ts';

/** A value of JavaScript as a query's dynamic value: whole numbers are integers, dates are text, what JSON has no word for is null. */
export const fromJs = (value: unknown): Dynamic => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return value;
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value;
    case 'object':
      if (value === null) return null;
      if (value instanceof Date) return value.toISOString();
      if (Array.isArray(value)) return value.map(fromJs);
      return new Map(
        value instanceof Map
          ? [...value].map(([key, item]) => [String(key), fromJs(item)])
          : Object.entries(value).map(([key, item]) => [key, fromJs(item)]),
      );
    default:
      return null;
  }
};
