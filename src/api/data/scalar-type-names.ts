import type { ScalarType } from '../../model/table.ts';

const names: Readonly<Record<string, ScalarType>> = {
  string: 'string',
  long: 'long',
  int64: 'long',
  int: 'int',
  int32: 'int',
  real: 'real',
  double: 'real',
  bool: 'bool',
  boolean: 'bool',
  datetime: 'datetime',
  date: 'datetime',
  timespan: 'timespan',
  time: 'timespan',
  guid: 'guid',
  uuid: 'guid',
  uniqueid: 'guid',
  dynamic: 'dynamic',
  object: 'dynamic',
  decimal: 'decimal',
};

export const scalarTypeNames: readonly string[] = Object.keys(names);

/** A type by any of the names that KQL has for it, in any case; null when it has none such. */
export const parseScalarType = (name: string): ScalarType | null =>
  Object.hasOwn(names, name.toLowerCase()) ? (names[name.toLowerCase()] ?? null) : null;
