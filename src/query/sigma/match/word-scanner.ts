import { chooseGrams, type GramCounts } from './choose-grams.ts';
import type { FieldValue } from './field-value.ts';
import { createGramTable, multiplier, type Gram, type GramTable } from './gram-table.ts';

/** Finds which words of a set are in a text, in one pass that touches little memory. */
export interface WordScanner {
  /** Puts the numbers of the words that the text has in lower case into `found`, each once, and gives how many there are. */
  scan(value: FieldValue, found: Uint32Array): number;
}

/**
 * Every word is represented by four neighboring characters of it, the ones that texts are least likely to have. While a text passes by,
 * its last four characters are looked up in a bit set; only where that says so, words are compared. An automaton over all words would
 * take one load a character too, but from tables of megabytes. Words of fewer characters have tables of their own, and share a bit set
 * over the last two characters.
 *
 * Words have to be in lower case; none may be empty.
 */
export const createWordScanner = (words: readonly string[], frequency: GramCounts): WordScanner => {
  const grams = chooseGrams(words, frequency);
  const tableOf = (holds: (length: number) => boolean): GramTable =>
    createGramTable(grams.filter(({ text }) => holds(text.length)));
  const four = tableOf((length) => length >= 4);
  const short = [1, 2, 3].map((length) => ({ mask: 2 ** (7 * length) - 1, table: tableOf((one) => one === length) }));
  const shortBits = createShortBits(grams);
  const { bits, shift } = four;
  const seen = new Uint32Array(words.length);
  let round = 0;
  let count = 0;

  const compare = (
    { heads, nexts, grams: of }: GramTable,
    at: number,
    key: number,
    end: number,
    text: string,
    found: Uint32Array,
  ): void => {
    for (let entry = heads[at >>> 3] as number; entry >= 0; entry = nexts[entry] as number) {
      const gram = of[entry] as Gram;
      if (gram.key !== key || seen[gram.word] === round || !text.startsWith(gram.text, end - gram.offset)) continue;
      seen[gram.word] = round;
      found[count++] = gram.word;
    }
  };
  const compareShort = (key: number, end: number, text: string, found: Uint32Array): void => {
    for (const { mask, table } of short) {
      const part = key & mask;
      compare(table, Math.imul(part, multiplier) >>> table.shift, part, end, text, found);
    }
  };
  /** Folds ASCII on the way, so that most texts need no copy. False, with nothing settled, when there is another character. */
  const scanAscii = (value: FieldValue, found: Uint32Array): boolean => {
    const { text } = value;
    let key = 0;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code > 127) return false;
      key = ((key << 7) | (folded[code] as number)) & 0xfff_ffff;
      const at = Math.imul(key, multiplier) >>> shift;
      if (((bits[at >>> 5] as number) >>> (at & 31)) & 1) compare(four, at, key, index + 1, value.lower(), found);
      if (((shortBits[(key & 0x3fff) >>> 5] as number) >>> (key & 31)) & 1)
        compareShort(key, index + 1, value.lower(), found);
    }
    return true;
  };
  const scanLower = (text: string, found: Uint32Array): void => {
    let key = 0;
    for (let index = 0; index < text.length; index++) {
      key = ((key << 7) | (text.charCodeAt(index) & 127)) & 0xfff_ffff;
      const at = Math.imul(key, multiplier) >>> shift;
      if (((bits[at >>> 5] as number) >>> (at & 31)) & 1) compare(four, at, key, index + 1, text, found);
      if (((shortBits[(key & 0x3fff) >>> 5] as number) >>> (key & 31)) & 1) compareShort(key, index + 1, text, found);
    }
  };
  return {
    scan: (value, found) => {
      round++;
      count = 0;
      if (scanAscii(value, found)) return count;
      round++;
      count = 0;
      scanLower(value.lower(), found);
      return count;
    },
  };
};

const folded = Uint8Array.from({ length: 128 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));

/** By the last two characters of a text: whether a short word may end there. */
const createShortBits = (grams: readonly Gram[]): Uint32Array => {
  const bits = new Uint32Array(2 ** 9);
  const set = (key: number): void => {
    bits[key >>> 5] = (bits[key >>> 5] as number) | (1 << (key & 31));
  };
  for (const { text, key } of grams) {
    if (text.length === 2 || text.length === 3) set(key & 0x3fff);
    if (text.length === 1) for (let before = 0; before < 128; before++) set((before << 7) | key);
  }
  return bits;
};
