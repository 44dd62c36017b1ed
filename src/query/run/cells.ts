import type { DuckDBValue } from '@duckdb/node-api';
import type { Json } from '../../model/json.ts';
import type { ScalarType } from '../../model/table.ts';
import type { Cell } from '../engine.ts';
import { isArray, isBag, parseDynamic, type Dynamic } from '../values/dynamic.ts';
import { printDatetime, printTimespan } from '../values/ticks.ts';

const isSafe = (value: bigint): boolean => value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;

const integer = (value: bigint): Cell => (isSafe(value) ? Number(value) : value);

/** JSON has no NaN and no infinities; the service gives them as text. */
const real = (value: number): Cell => {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? value : value > 0 ? 'Infinity' : '-Infinity';
};

/** Integers beyond 2^53 inside a dynamic value lose their last digits here, as in the service's own JSON. */
const json = (value: Dynamic): Json => {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return real(value) as Json;
  if (isArray(value)) return value.map(json);
  if (isBag(value)) return Object.fromEntries([...value].map(([key, item]) => [key, json(item)]));
  return value;
};

/** A value of DuckDB as the platform's REST API would give it. */
export const toCell = (value: DuckDBValue, type: ScalarType): Cell => {
  if (value === null) return type === 'string' ? '' : null;
  switch (type) {
    case 'datetime':
      return typeof value === 'bigint' ? printDatetime(value) : null;
    case 'timespan':
      return typeof value === 'bigint' ? printTimespan(value) : null;
    case 'dynamic':
      return typeof value === 'string' ? json(parseDynamic(value) ?? null) : null;
    case 'long':
      return typeof value === 'bigint' ? integer(value) : Number(value);
    case 'real':
      return typeof value === 'number' ? real(value) : null;
    case 'decimal':
      return String(value)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '');
    case 'bool':
    case 'int':
      return value as Cell;
    default:
      return String(value);
  }
};
