import { registryTypes, type RegistryData, type RegistryType } from '../registry/value.ts';
import { badSyntax, RegFailure } from './context.ts';

const typeOf = (text: string): RegistryType => {
  const found = registryTypes.find((type) => type === text.toUpperCase());
  if (found === undefined) throw badSyntax('add');
  return found;
};

const wholeNumber = (text: string, bits: 32 | 64): bigint => {
  const value = /^(0x[0-9a-f]+|\d+)$/i.test(text) ? BigInt(text) : -1n;
  if (value < 0n || value >> BigInt(bits) !== 0n)
    throw new RegFailure(
      'ERROR: Invalid syntax. Specify valid numeric value for \'/d\'.\r\nType "REG ADD /?" for usage.',
    );
  return value;
};

/** What `/t`, `/d` and `/s` of `reg add` mean; without a type, data is text. */
export const readData = (type: string, data: string | undefined, separator: string): RegistryData => {
  const found = typeOf(type);
  switch (found) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return { type: found, data: data ?? '' };
    case 'REG_MULTI_SZ':
      return { type: found, data: (data ?? '').split(separator).filter(Boolean) };
    case 'REG_DWORD':
      return { type: found, data: Number(wholeNumber(data ?? '0', 32)) };
    case 'REG_QWORD':
      return { type: found, data: wholeNumber(data ?? '0', 64) };
    case 'REG_BINARY':
    case 'REG_NONE': {
      const hex = data ?? '';
      if (!/^([0-9a-f]{2})*$/i.test(hex)) throw badSyntax('add');
      return { type: found, data: Buffer.from(hex, 'hex') };
    }
  }
};
