import type { ScalarType } from '../model/table.ts';

/**
 * How DuckDB holds each scalar type in a product table. A guid is text, as the products write it; dynamic is JSON text without
 * blanks; a timespan is 100 ns ticks.
 */
export const sqlTypes: Readonly<Record<ScalarType, string>> = {
  string: 'VARCHAR',
  long: 'BIGINT',
  int: 'INTEGER',
  real: 'DOUBLE',
  bool: 'BOOLEAN',
  datetime: 'TIMESTAMP',
  timespan: 'BIGINT',
  guid: 'VARCHAR',
  dynamic: 'VARCHAR',
  decimal: 'DECIMAL(38, 18)',
};
