import type { ScalarType } from '../../model/table.ts';

/**
 * How each type is held in DuckDB. Datetimes and timespans are ticks (100 ns; DuckDB's own types lose the seventh digit), dynamic is
 * canonical JSON text with SQL NULL for null, a string is never NULL.
 */
export const sqlTypes: Readonly<Record<ScalarType, string>> = {
  string: 'VARCHAR',
  long: 'BIGINT',
  int: 'INTEGER',
  real: 'DOUBLE',
  bool: 'BOOLEAN',
  datetime: 'BIGINT',
  timespan: 'BIGINT',
  guid: 'VARCHAR',
  dynamic: 'VARCHAR',
  decimal: 'DECIMAL(38,12)',
};

export const isNumeric = (type: ScalarType): boolean => ['int', 'long', 'real', 'decimal'].includes(type);

export const isInteger = (type: ScalarType): boolean => type === 'int' || type === 'long';
