import { formatDate, formatTimeSpan } from './dates.ts';
import { asNumber, formatNumber } from './numbers.ts';
import {
  Char,
  DateTime,
  Dictionary,
  isCustomObject,
  PsObject,
  ScriptBlockValue,
  TimeSpan,
  TypeValue,
  type Value,
} from './value.ts';

/** A value as text: what interpolation, -join and a native program's arguments see. */
export const toText = (value: Value): string => {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  const number = asNumber(value);
  if (number !== null) return formatNumber(number);
  if (Array.isArray(value)) return value.map(toText).join(' ');
  if (value instanceof Uint8Array) return [...value].join(' ');
  if (value instanceof Char) return value.text;
  if (value instanceof Dictionary) {
    return value.ordered ? 'System.Collections.Specialized.OrderedDictionary' : 'System.Collections.Hashtable';
  }
  if (value instanceof DateTime) return formatDate(value, 'MM/dd/yyyy HH:mm:ss');
  if (value instanceof TimeSpan) return formatTimeSpan(value);
  if (value instanceof ScriptBlockValue) return value.text.replace(/^\{|\}$/g, '');
  if (value instanceof TypeValue)
    return value.name.replace(
      /^System\.(String|Int32|Int64|Object|Char|Byte|Boolean|Double)$/,
      (_, name: string) => shortNames[name] ?? name,
    );
  return value instanceof PsObject ? objectText(value) : '';
};

const shortNames: Readonly<Record<string, string>> = {
  String: 'string',
  Int32: 'int',
  Int64: 'long',
  Object: 'System.Object',
  Char: 'char',
  Byte: 'byte',
  Boolean: 'bool',
  Double: 'double',
};

const objectText = (value: PsObject): string => {
  if (value.options.text !== undefined) return value.options.text;
  if (!isCustomObject(value)) return value.typeNames[0] ?? '';
  return `@{${value
    .entries()
    .map(([name, item]) => `${name}=${toText(item)}`)
    .join('; ')}}`;
};

/** Nothing, zero, empty text and empty lists are false; a list of one is what that one is. */
export const toBoolean = (value: Value): boolean => {
  if (value === null) return false;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value !== '';
  const number = asNumber(value);
  if (number !== null) return Number(number.value) !== 0;
  if (value instanceof Char) return value.text !== '\0';
  if (Array.isArray(value)) return value.length > 1 || (value.length === 1 && toBoolean(value[0] ?? null));
  if (value instanceof Uint8Array) return value.length > 1 || (value[0] ?? 0) !== 0;
  return true;
};
