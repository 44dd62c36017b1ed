import { foldUnit, type Gram, type GramTable } from './gram-table.ts';

/** Two neighboring characters as an integer of fourteen bits. */
export type Pair = number;

/** Of the two lower bytes of folded text. */
export const pairOf = (bytes: number): Pair => (bytes & 0x7f) | ((bytes >>> 1) & 0x3f80);

/**
 * Words of one to three characters by the pairs that tell of them, where a text's pairs are looked at at every second character. Looked
 * up directly: the place of a pair is the pair.
 */
export const createShortWords = (words: readonly string[], numbers: readonly number[]): Omit<GramTable, 'shift'> => {
  const grams: readonly Gram[] = numbers.flatMap((word) => {
    const text = words[word] as string;
    return pairsOf(text).map(([key, offset]): Gram => ({ word, text, key, offset }));
  });
  const bits = new Uint32Array(2 ** 9);
  const heads = new Int32Array(2 ** 14).fill(-1);
  const nexts = new Int32Array(grams.length);
  for (const [entry, { key }] of grams.entries()) {
    bits[key >>> 5] = (bits[key >>> 5] as number) | (1 << (key & 31));
    nexts[entry] = heads[key] as number;
    heads[key] = entry;
  }
  return { bits, heads, nexts, grams };
};

const everyUnit = [...new Set(Array.from({ length: 128 }, (_, unit) => foldUnit(unit)))];

/** The pairs that tell of a word at an even place, and of one at an odd place, and where they stand in it. */
const pairsOf = (text: string): readonly (readonly [pair: Pair, offset: number])[] => {
  const pair = (low: number, high: number): Pair => low | (high << 7);
  const first = foldUnit(text.charCodeAt(0));
  const second = foldUnit(text.charCodeAt(1));
  const before = everyUnit.map((unit) => [pair(unit, first), -1] as const);
  if (text.length === 1) return [...everyUnit.map((unit) => [pair(first, unit), 0] as const), ...before];
  if (text.length === 2) return [[pair(first, second), 0], ...before];
  return [
    [pair(first, second), 0],
    [pair(second, foldUnit(text.charCodeAt(2))), 1],
  ];
};
