/**
 * Two to four neighboring characters of a text as one integer, the first in the lowest byte. Only a hint that a word may be there: letters
 * of both cases are alike, some signs too, and characters beyond ASCII are taken for others.
 */
export type GramKey = number;

/** Folds a gram's case: what sets one bit in every byte that has it in lower case. */
export const folding = 0x2020_2020;

export const foldUnit = (unit: number): number => (unit & 0x7f) | 0x20;

export const gramAt = (word: string, offset: number, length: number): GramKey => {
  let key = 0;
  for (let index = 0; index < length; index++) key |= foldUnit(word.charCodeAt(offset + index)) << (8 * index);
  return key;
};

/** A gram of a word, and where it stands in it. */
export interface Gram {
  readonly word: number;
  readonly text: string;
  readonly key: GramKey;
  readonly offset: number;
}

/** Grams by their keys. The bit set stays in the processor's nearest cache, and answers nearly every question. */
export interface GramTable {
  readonly bits: Uint32Array;
  /** A key's place is the top bits of its product with `multiplier`. */
  readonly shift: number;
  /** By place, eight of them together: the first of its grams, each with the next in `nexts`; -1 ends them. */
  readonly heads: Int32Array;
  readonly nexts: Int32Array;
  readonly grams: readonly Gram[];
}

/** Fibonacci hashing. */
export const multiplier = 0x9e3779b1;

export const createGramTable = (grams: readonly Gram[]): GramTable => {
  // One bit in about sixteen is set.
  const logarithm = Math.min(20, Math.max(8, Math.ceil(Math.log2(Math.max(1, grams.length) * 16))));
  const shift = 32 - logarithm;
  const bits = new Uint32Array(2 ** (logarithm - 5));
  const heads = new Int32Array(2 ** (logarithm - 3)).fill(-1);
  const nexts = new Int32Array(grams.length);
  for (const [entry, { key }] of grams.entries()) {
    const at = Math.imul(key, multiplier) >>> shift;
    bits[at >>> 5] = (bits[at >>> 5] as number) | (1 << (at & 31));
    nexts[entry] = heads[at >>> 3] as number;
    heads[at >>> 3] = entry;
  }
  return { bits, shift, heads, nexts, grams };
};
