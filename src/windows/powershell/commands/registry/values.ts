import { NotImplemented } from '../../../os/not-implemented.ts';
import type { WindowsEnvironment } from '../../../os/environment.ts';
import type { RegistryData } from '../../../registry/value.ts';
import { asList, convert } from '../../values/convert.ts';
import { asNumber, coerceNumber } from '../../values/numbers.ts';
import { toText } from '../../values/text.ts';
import { Numeric, type Value } from '../../values/value.ts';

export const expandVariables = (text: string, environment: WindowsEnvironment): string =>
  text.replace(/%([^%]+)%/g, (written, name: string) => environment.get(name) ?? written);

/** As Microsoft.Win32.Registry gives it: DWORDs are signed, and variables in expandable text are replaced. */
export const toValue = (value: RegistryData, environment: WindowsEnvironment): Value => {
  switch (value.type) {
    case 'REG_SZ':
      return value.data;
    case 'REG_EXPAND_SZ':
      return expandVariables(value.data, environment);
    case 'REG_MULTI_SZ':
      return [...value.data];
    case 'REG_DWORD':
      return value.data | 0;
    case 'REG_QWORD':
      return BigInt.asIntN(64, value.data);
    case 'REG_BINARY':
    case 'REG_NONE':
      return Uint8Array.from(value.data);
  }
};

const kinds: Readonly<Record<string, RegistryData['type']>> = {
  string: 'REG_SZ',
  expandstring: 'REG_EXPAND_SZ',
  binary: 'REG_BINARY',
  dword: 'REG_DWORD',
  multistring: 'REG_MULTI_SZ',
  qword: 'REG_QWORD',
};

/** The kind that `-PropertyType` names, by name or by number. */
export const kindOf = (given: Value): RegistryData['type'] => {
  const text = toText(given).toLowerCase();
  const numbers: Readonly<Record<string, string>> = {
    1: 'string',
    2: 'expandstring',
    3: 'binary',
    4: 'dword',
    7: 'multistring',
    11: 'qword',
  };
  const found = kinds[numbers[text] ?? text];
  if (found === undefined) throw new NotImplemented(`-PropertyType ${toText(given)}`);
  return found;
};

/** What .NET makes of a value when nobody says its kind. */
export const kindOfValue = (value: Value): RegistryData['type'] => {
  if (typeof value === 'number' || (value instanceof Numeric && value.type !== 'double')) return 'REG_DWORD';
  if (typeof value === 'bigint') return 'REG_QWORD';
  if (value instanceof Uint8Array) return 'REG_BINARY';
  return Array.isArray(value) ? 'REG_MULTI_SZ' : 'REG_SZ';
};

const whole = (value: Value): bigint => {
  const number = asNumber(value) ?? coerceNumber(value);
  return BigInt(Math.trunc(Number(number?.value ?? (convert(value, 'int') as number))));
};

export const toData = (value: Value, type: RegistryData['type']): RegistryData => {
  switch (type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return { type, data: toText(value) };
    case 'REG_MULTI_SZ':
      return { type, data: asList(value).map(toText) };
    case 'REG_DWORD':
      return { type, data: Number(BigInt.asUintN(32, whole(value))) };
    case 'REG_QWORD':
      return { type, data: BigInt.asUintN(64, typeof value === 'bigint' ? value : whole(value)) };
    case 'REG_BINARY':
    case 'REG_NONE':
      return { type, data: convert(value, 'byte[]') as Uint8Array };
  }
};
