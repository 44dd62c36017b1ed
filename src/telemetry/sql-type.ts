import type { ScalarType } from '../model/table.ts';

/** How DuckDB holds each scalar type. A guid is text, as the products write it; a timespan is 100 ns ticks. */
export const sqlTypes: Readonly<Record<ScalarType, string>> = {
  string: 'VARCHAR',
  long: 'BIGINT',
  int: 'INTEGER',
  real: 'DOUBLE',
  bool: 'BOOLEAN',
  datetime: 'TIMESTAMP',
  timespan: 'BIGINT',
  guid: 'VARCHAR',
  dynamic: 'JSON',
  decimal: 'DECIMAL(38, 18)',
};
