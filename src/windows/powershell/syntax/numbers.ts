import { endsNumber, endsWord } from './characters.ts';
import type { NumberLiteral } from './expression-ast.ts';
import type { Source } from './source.ts';

const shape = /(?:0x([0-9a-f]+)|((?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:e[+–—―-]?\d+)?))([dl])?(kb|mb|gb|tb|pb)?/iy;

const multipliers: Readonly<Record<string, number>> = { kb: 1, mb: 2, gb: 3, tb: 4, pb: 5 };

type NumberValue = Pick<NumberLiteral, 'type' | 'value'>;

/** An integer takes the first type that holds it: Int32, Int64, Decimal, Double. */
const fitInteger = (value: bigint, wantsLong: boolean): NumberValue => {
  const fits = (bits: number): boolean => BigInt.asIntN(bits, value) === value;
  if (!wantsLong && fits(32)) return { type: 'int', value: Number(value) };
  if (fits(64)) return { type: 'long', value };
  return { type: 'double', value: Number(value) };
};

const numberValue = (
  hex: string | undefined,
  decimal: string,
  suffix: string | undefined,
  scale: bigint,
): NumberValue => {
  if (hex !== undefined) {
    const value = BigInt(`0x${hex}`);
    // Hexadecimal fills the type: 0xFFFFFFFF is -1.
    const signed = hex.length <= 8 ? BigInt.asIntN(32, value) : BigInt.asIntN(64, value);
    return fitInteger(signed * scale, suffix === 'l');
  }
  if (suffix === 'd') return { type: 'decimal', value: Number(decimal) * Number(scale) };
  if (/[.e]/i.test(decimal)) return { type: 'double', value: Number(decimal.replace(/[–—―]/, '-')) * Number(scale) };
  return fitInteger(BigInt(decimal) * scale, suffix === 'l');
};

/** Reads a number that is a whole word; null (and nothing consumed) for `7z` and, among arguments, for `1..5` or `1+1`. */
export const readNumber = (source: Source, mode: 'expression' | 'argument'): NumberLiteral | null => {
  const start = source.at;
  const match = source.match(shape);
  const ends = mode === 'expression' ? endsNumber : endsWord;
  if (match === null || !ends(source.peek())) {
    source.at = start;
    return null;
  }
  const scale = 1024n ** BigInt(multipliers[match[4]?.toLowerCase() ?? ''] ?? 0);
  const value = numberValue(match[1], match[2] ?? '0', match[3]?.toLowerCase(), scale);
  return { kind: 'number', extent: source.from(start), ...value, text: match[0] };
};
