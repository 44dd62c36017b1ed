import { NotImplemented } from '../../os/not-implemented.ts';
import { RuntimeFailure } from '../engine/error-record.ts';
import { createUri } from '../objects/collections.ts';
import { createPrincipal } from '../objects/security-classes.ts';
import { parsePowerShell } from '../syntax/parse.ts';
import { parseDate } from './parse-date.ts';
import { asNumber, coerceNumber, numberOf, type AnyNumericType } from './numbers.ts';
import { toBoolean, toText } from './text.ts';
import { fullTypeName, isOfType, typeNameOf } from './type-of.ts';
import {
  Char,
  customObject,
  DateTime,
  Dictionary,
  ListValue,
  Numeric,
  PsObject,
  ScriptBlockValue,
  TimeSpan,
  TypeValue,
  type Value,
} from './value.ts';

const numericTypes: Readonly<Record<string, AnyNumericType>> = {
  'System.Int32': 'int',
  'System.Int64': 'long',
  'System.Double': 'double',
  'System.Single': 'single',
  'System.Decimal': 'decimal',
  'System.Byte': 'byte',
  'System.SByte': 'sbyte',
  'System.Int16': 'int16',
  'System.UInt16': 'uint16',
  'System.UInt32': 'uint32',
  'System.UInt64': 'uint64',
};

const fail = (value: Value, type: string, why: string): never => {
  const from = value === null ? 'null' : typeNameOf(value);
  throw new RuntimeFailure(
    'InvalidCastFromStringToInteger',
    `Cannot convert value "${toText(value)}" to type "${type}". Error: "${why}"`,
    {
      category: 'InvalidArgument',
      type: 'System.Management.Automation.PSInvalidCastException',
      target: { text: '', type: from === 'null' ? '' : '' },
    },
  );
};

const toNumeric = (value: Value, type: AnyNumericType, name: string): Value => {
  const single = Array.isArray(value) && value.length === 1 ? (value[0] ?? null) : value;
  const number = coerceNumber(single);
  if (number === null) return fail(value, name, 'Input string was not in a correct format.');
  const converted = numberOf(type, number.value);
  return (
    converted ??
    fail(
      value,
      name,
      `Value was either too large or too small for ${/^[AEIOU]/.test(name.slice(7)) ? 'an' : 'a'} ${name.slice(7)}.`,
    )
  );
};

const toChar = (value: Value): Value => {
  if (typeof value === 'string' && value.length === 1) return new Char(value);
  const number = asNumber(value);
  if (number === null)
    return value instanceof Char ? value : fail(value, 'System.Char', 'String must be exactly one character long.');
  return new Char(String.fromCharCode(Number(number.value)));
};

const toBytes = (items: readonly Value[]): Uint8Array =>
  Uint8Array.from(items, (item) => (toNumeric(item, 'byte', 'System.Byte') as Numeric).value);

export const asList = (value: Value): Value[] => {
  if (value === null) return [];
  if (value instanceof Uint8Array) return [...value].map((byte) => new Numeric('byte', byte));
  return Array.isArray(value) ? value : [value];
};

const toArray = (value: Value, element: string): Value => {
  if (element === 'System.Byte') return value instanceof Uint8Array ? value : toBytes(asList(value));
  if (element === 'System.Char' && typeof value === 'string') return [...value].map((char) => new Char(char));
  return asList(value).map((item) => convert(item, element));
};

const others: Readonly<Record<string, (value: Value) => Value>> = {
  'System.String': toText,
  'System.Boolean': toBoolean,
  'System.Management.Automation.SwitchParameter': toBoolean,
  'System.Char': toChar,
  'System.Object': (value) => value,
  'System.Management.Automation.PSObject': (value) => value,
  'System.Void': () => null,
  'System.Array': asList,
  'System.Collections.ArrayList': (value) => new ListValue(false, asList(value)),
  'System.Uri': (value) => (value instanceof PsObject ? value : createUri(toText(value))),
  'System.Guid': (value) => value,
  'System.Net.SecurityProtocolType': (value) => value,
  'System.Security.Principal.WindowsPrincipal': (value) => (isPrincipal(value) ? value : createPrincipal([value])),
  'System.Security.Principal.WindowsBuiltInRole': toText,
  ordered: (value) =>
    value instanceof Dictionary
      ? new Dictionary(true, value.entries())
      : fail(value, 'ordered', 'It is no hash literal.'),
  'System.Collections.Hashtable': (value) =>
    value instanceof Dictionary ? value : fail(value, 'System.Collections.Hashtable', 'Invalid cast.'),
  'System.Management.Automation.PSCustomObject': (value) =>
    value instanceof Dictionary ? customObject(value.entries().map(([key, item]) => [toText(key), item])) : value,
  'System.DateTime': (value) =>
    value instanceof DateTime
      ? value
      : (parseDate(toText(value)) ?? fail(value, 'System.DateTime', 'String was not recognized as a valid DateTime.')),
  'System.Type': (value) => (value instanceof TypeValue ? value : new TypeValue(fullTypeName(toText(value)))),
  'System.Management.Automation.ScriptBlock': (value) =>
    value instanceof ScriptBlockValue ? value : scriptBlockOf(toText(value)),
};

const isPrincipal = (value: Value): boolean =>
  value instanceof PsObject && value.is('System.Security.Principal.WindowsPrincipal');

const scriptBlockOf = (text: string): ScriptBlockValue => {
  const parsed = parsePowerShell(text);
  if (parsed.ok) return new ScriptBlockValue(parsed.value, { text, path: '' });
  const [diagnostic] = parsed.diagnostics;
  throw new RuntimeFailure((diagnostic?.code ?? '').replace('powershell/', ''), diagnostic?.message ?? '', {
    category: 'ParserError',
    type: 'System.Management.Automation.ParseException',
  });
};

/** Is there a conversion to this type? */
export const isConvertible = (type: string): boolean => {
  const full = fullTypeName(type).replace(/(\[\])+$/, '');
  return full in numericTypes || full in others || `System.${full}` in others || full === 'System.TimeSpan';
};

/** What `[type]value` gives. A type that is not known here fails loudly, for its conversion might do anything. */
export const convert = (value: Value, type: string): Value => {
  const full = fullTypeName(type);
  const numeric = numericTypes[full];
  if (numeric !== undefined) return toNumeric(value, numeric, full);
  const other = others[full] ?? others[`System.${full}`];
  if (other !== undefined) return other(value);
  if (full.endsWith('[]')) return toArray(value, full.slice(0, -2));
  if (full === 'System.TimeSpan' && value instanceof TimeSpan) return value;
  if (value instanceof PsObject && isOfType(value, full)) return value;
  throw new NotImplemented(`conversion to [${type}]`);
};
