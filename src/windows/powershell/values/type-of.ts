import {
  Char,
  DateTime,
  Dictionary,
  ListValue,
  Numeric,
  PsObject,
  ScriptBlockValue,
  TimeSpan,
  TypeValue,
  type NumericType,
  type Value,
} from './value.ts';

/** Names that PowerShell accepts for .NET types, besides leaving out `System.`. */
const accelerators: Readonly<Record<string, string>> = {
  string: 'System.String',
  char: 'System.Char',
  int: 'System.Int32',
  int32: 'System.Int32',
  long: 'System.Int64',
  int64: 'System.Int64',
  int16: 'System.Int16',
  short: 'System.Int16',
  ushort: 'System.UInt16',
  uint16: 'System.UInt16',
  uint32: 'System.UInt32',
  uint64: 'System.UInt64',
  byte: 'System.Byte',
  sbyte: 'System.SByte',
  bool: 'System.Boolean',
  boolean: 'System.Boolean',
  double: 'System.Double',
  float: 'System.Single',
  single: 'System.Single',
  decimal: 'System.Decimal',
  object: 'System.Object',
  array: 'System.Array',
  hashtable: 'System.Collections.Hashtable',
  datetime: 'System.DateTime',
  timespan: 'System.TimeSpan',
  scriptblock: 'System.Management.Automation.ScriptBlock',
  switch: 'System.Management.Automation.SwitchParameter',
  pscustomobject: 'System.Management.Automation.PSCustomObject',
  psobject: 'System.Management.Automation.PSObject',
  math: 'System.Math',
  convert: 'System.Convert',
  guid: 'System.Guid',
  regex: 'System.Text.RegularExpressions.Regex',
  uri: 'System.Uri',
  type: 'System.Type',
  void: 'System.Void',
  xml: 'System.Xml.XmlDocument',
  ordered: 'ordered',
  environment: 'System.Environment',
};

/** `int[]` → `System.Int32[]`; unknown names stay as they are. */
export const fullTypeName = (name: string): string => {
  const bare = name.replace(/\s/g, '');
  if (bare.endsWith('[]')) return `${fullTypeName(bare.slice(0, -2))}[]`;
  return accelerators[bare.toLowerCase().replace(/^system\./, '')] ?? bare;
};

const numericNames: Readonly<Record<NumericType, string>> = {
  double: 'System.Double',
  single: 'System.Single',
  decimal: 'System.Decimal',
  byte: 'System.Byte',
  sbyte: 'System.SByte',
  int16: 'System.Int16',
  uint16: 'System.UInt16',
  uint32: 'System.UInt32',
  uint64: 'System.UInt64',
};

/** .NET's name of a value's type. */
export const typeNameOf = (value: Exclude<Value, null>): string => {
  if (typeof value === 'string') return 'System.String';
  if (typeof value === 'boolean') return 'System.Boolean';
  if (typeof value === 'number') return 'System.Int32';
  if (typeof value === 'bigint') return 'System.Int64';
  if (value instanceof Numeric) return numericNames[value.type];
  if (value instanceof Char) return 'System.Char';
  if (value instanceof ListValue)
    return value.isGeneric ? 'System.Collections.Generic.List`1' : 'System.Collections.ArrayList';
  if (Array.isArray(value)) return 'System.Object[]';
  if (value instanceof Uint8Array) return 'System.Byte[]';
  if (value instanceof Dictionary) {
    return value.ordered ? 'System.Collections.Specialized.OrderedDictionary' : 'System.Collections.Hashtable';
  }
  if (value instanceof ScriptBlockValue) return 'System.Management.Automation.ScriptBlock';
  if (value instanceof TypeValue) return 'System.RuntimeType';
  if (value instanceof DateTime) return 'System.DateTime';
  if (value instanceof TimeSpan) return 'System.TimeSpan';
  return value instanceof PsObject ? (value.typeNames[0] ?? 'System.Object') : 'System.Object';
};

const interfaces: Readonly<Record<string, (value: Value) => boolean>> = {
  'system.object': (value) => value !== null,
  'system.array': (value) => Array.isArray(value) || value instanceof Uint8Array,
  'system.type': (value) => value instanceof TypeValue,
  'system.collections.idictionary': (value) => value instanceof Dictionary,
  'system.collections.ienumerable': (value) =>
    Array.isArray(value) || typeof value === 'string' || value instanceof Dictionary,
  'system.valuetype': (value) => ['number', 'bigint', 'boolean'].includes(typeof value) || value instanceof Numeric,
};

export const isOfType = (value: Value, name: string): boolean => {
  const full = fullTypeName(name).toLowerCase();
  const test = interfaces[full] ?? interfaces[`system.${full}`];
  if (test !== undefined) return test(value);
  if (value === null) return false;
  return value instanceof PsObject ? value.is(full) : typeNameOf(value).toLowerCase() === full;
};
