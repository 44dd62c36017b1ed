import { sqlString } from '../../telemetry/database.ts';
import type { Literal } from '../plan/expr.ts';
import { sqlTypes } from './types.ts';

export const sqlNull = (type: Literal['type']): string => (type === 'string' ? `''` : `NULL::${sqlTypes[type]}`);

/** A literal, always with its type: DuckDB would otherwise take `1` for an INTEGER and `1.5` for a DECIMAL. */
export const renderLiteral = ({ type, value }: Literal): string => {
  if (value === null) return sqlNull(type);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return type === 'string' || type === 'dynamic' || type === 'guid'
    ? sqlString(value)
    : `${sqlTypes[type]} ${sqlString(value)}`;
};
