import { gramLength, multiplier, nextGram, shorten, type Gram, type GramKey } from './gram-table.ts';

/** How often grams occurred so far, about: two that share a place are counted together. */
export class GramCounts {
  readonly #counts = new Uint32Array(2 ** 14);

  add(text: string): void {
    let key = 0;
    for (let index = 0; index < text.length; index++) {
      key = nextGram(key, text.charCodeAt(index));
      if (index + 1 >= gramLength) (this.#counts[placeOf(key)] as number)++;
    }
  }

  of(key: GramKey): number {
    return this.#counts[placeOf(key)] as number;
  }
}

const placeOf = (key: GramKey): number => Math.imul(key, multiplier) >>> 18;

/** Longer texts than this tell nothing more. */
const longestCounted = 2000;

export const countGrams = (texts: Iterable<string>): GramCounts => {
  const counts = new GramCounts();
  for (const text of texts) counts.add(text.slice(0, longestCounted));
  return counts;
};

/** For each word, the gram of it that texts and other words are least likely to have. Words have to be in lower case. */
export const chooseGrams = (words: readonly string[], texts: GramCounts): readonly Gram[] => {
  // Of grams as rare in texts, the one that fewest words have: what is found with it is compared with all of them.
  const others = countGrams(words);
  return words.map((text, word) => {
    let key = 0;
    let best: Gram | null = null;
    let least = Infinity;
    for (let index = 0; index < text.length; index++) {
      key = nextGram(key, text.charCodeAt(index));
      if (index + 1 < gramLength) continue;
      const cost = 1000 * texts.of(key) + others.of(key);
      if (cost >= least) continue;
      least = cost;
      best = { word, text, key, offset: index + 1 };
    }
    // A word that is shorter is one gram.
    return best ?? { word, text, key: shorten(key, text.length), offset: text.length };
  });
};
