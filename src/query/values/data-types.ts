import type { ScalarType } from '../../model/table.ts';

/** What each type is in the service's own runtime, as `getschema` tells it. */
export const dataTypes: Readonly<Record<ScalarType, string>> = {
  string: 'System.String',
  long: 'System.Int64',
  int: 'System.Int32',
  real: 'System.Double',
  bool: 'System.SByte',
  datetime: 'System.DateTime',
  timespan: 'System.TimeSpan',
  guid: 'System.Guid',
  dynamic: 'System.Object',
  decimal: 'System.Data.SqlTypes.SqlDecimal',
};
