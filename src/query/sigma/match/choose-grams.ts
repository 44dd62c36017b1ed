import { foldUnit, gramAt, multiplier, type Gram, type GramKey } from './gram-table.ts';

/** How often grams of three and of four characters occurred so far, about: those that share a place are counted together. */
export class GramCounts {
  readonly #counts = new Uint32Array(2 ** 15);

  add(text: string): void {
    let key = 0;
    for (let index = 0; index < text.length; index++) {
      key = (key >>> 8) | (foldUnit(text.charCodeAt(index)) << 24);
      if (index >= 3) (this.#counts[placeOf(key)] as number)++;
      if (index >= 2) (this.#counts[placeOf(key >>> 8)] as number)++;
    }
  }

  of(key: GramKey): number {
    return this.#counts[placeOf(key)] as number;
  }
}

const placeOf = (key: GramKey): number => Math.imul(key, multiplier) >>> 17;

/** Longer texts than this tell nothing more. */
const longestCounted = 2000;

export const countGrams = (texts: Iterable<string>): GramCounts => {
  const counts = new GramCounts();
  for (const text of texts) counts.add(text.slice(0, longestCounted));
  return counts;
};

/** How a text is looked at: `length` characters at every multiple of `stride`. */
export interface GramPlan {
  readonly stride: number;
  readonly length: number;
}

/**
 * For each of the words that `numbers` are of, and each place it may have relative to the stride, the gram of it that texts and other
 * words are least likely to have. Words need `stride + length - 1` characters or more, in lower case.
 */
export const chooseGrams = (
  words: readonly string[],
  numbers: readonly number[],
  { stride, length }: GramPlan,
  texts: GramCounts,
): readonly Gram[] => {
  // Of grams as rare in texts, the one that fewest words have: what is found with it is compared with all of them.
  const others = countGrams(words);
  return numbers.flatMap((word) => {
    const text = words[word] as string;
    return Array.from({ length: stride }, (_, residue): Gram => {
      let offset = residue;
      let least = Infinity;
      for (let at = residue; at + length <= text.length; at += stride) {
        const key = gramAt(text, at, length);
        const cost = 1000 * texts.of(key) + others.of(key);
        if (cost >= least) continue;
        least = cost;
        offset = at;
      }
      return { word, text, key: gramAt(text, offset, length), offset };
    });
  });
};
