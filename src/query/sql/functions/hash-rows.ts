import { rowTable } from '../row-table.ts';
import { xxhash64 } from '../../values/xxhash64.ts';

/** The bytes that the service hashes: a text's UTF-8, a number's or a datetime's eight. */
const bytesOf = (value: string | bigint | number | boolean): Uint8Array => {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  const bytes = Buffer.alloc(8);
  if (typeof value === 'number') bytes.writeDoubleLE(value);
  else bytes.writeBigInt64LE(BigInt.asIntN(64, BigInt(value)));
  return bytes;
};

const remainder = (hash: bigint, modulus: bigint | null): bigint =>
  modulus === null ? hash : ((hash % modulus) + modulus) % modulus;

const hash = (value: string | bigint | number, modulus: bigint | null): bigint =>
  remainder(BigInt.asIntN(64, xxhash64(bytesOf(value))), modulus);

const ofText = { params: ['string', 'long'], required: 1, result: 'long', compute: hash } as const;

export const hashRowFunctions = rowTable({
  hash_text: ofText,
  hash_long: { params: ['long', 'long'], required: 1, result: 'long', compute: hash },
  hash_real: { params: ['real', 'long'], required: 1, result: 'long', compute: hash },
});
