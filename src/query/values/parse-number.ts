const decimalInteger = /^\s*[+-]?\d+\s*$/;
const hexInteger = /^\s*0[xX]([0-9a-fA-F]+)\s*$/;
const realPattern = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

const bounds = { 32: 2n ** 31n, 64: 2n ** 63n } as const;

/** A whole number as text, decimal or hexadecimal (whose bits count, so that all ones are -1). Null when it is none or too big. */
export const parseInteger = (text: string, bits: 32 | 64): bigint | null => {
  if (decimalInteger.test(text)) {
    const value = BigInt(text.trim().replace(/^\+/, ''));
    return value >= -bounds[bits] && value < bounds[bits] ? value : null;
  }
  const hex = hexInteger.exec(text)?.[1];
  if (hex === undefined) return null;
  const value = BigInt(`0x${hex}`);
  return value < 2n * bounds[bits] ? BigInt.asIntN(bits, value) : null;
};

/** A real as text: digits, `NaN`, `Infinity`, `-inf`. Null when it is none. */
export const parseReal = (text: string): number | null => {
  if (realPattern.test(text)) return Number(text);
  const trimmed = text.trim();
  const word = trimmed.toLowerCase();
  if (word === 'nan') return Number.NaN;
  // The short forms are known in small letters only.
  if (word === 'infinity' || word === '+infinity' || trimmed === 'inf') return Number.POSITIVE_INFINITY;
  return word === '-infinity' || trimmed === '-inf' ? Number.NEGATIVE_INFINITY : null;
};

/** `true`, `False`, or a whole number that is zero or not. */
export const parseBool = (text: string): boolean | null => {
  const word = text.trim().toLowerCase();
  if (word === 'true') return true;
  if (word === 'false') return false;
  const value = parseInteger(text, 64);
  return value === null ? null : value !== 0n;
};
