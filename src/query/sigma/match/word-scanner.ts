import { chooseGrams, type GramCounts, type GramPlan } from './choose-grams.ts';
import type { FieldValue } from './field-value.ts';
import { createGramTable, folding, multiplier, type Gram, type GramTable } from './gram-table.ts';
import { createShortWords, pairOf } from './short-words.ts';
import { TextBytes } from './text-bytes.ts';

/** Finds which words of a set are in a text, in passes that touch little memory. */
export interface WordScanner {
  /** Puts the numbers of the words that the text has in lower case into `found`, each once, and gives how many there are. */
  scan(value: FieldValue, found: Uint32Array): number;
}

/** Seven characters hold four that begin at a multiple of four, wherever they stand; four hold three that begin at a multiple of two. */
const long: GramPlan = { stride: 4, length: 4 };
const leastLong = 7;
const middle: GramPlan = { stride: 2, length: 3 };
const leastMiddle = 4;

/**
 * A text is read four characters at a time. Words of seven characters and more have, for each place they can stand at, four neighboring
 * characters that stand for them, the ones that texts are least likely to have; they are looked up in a bit set, and only where that says
 * so, words are compared. Shorter words have passes of their own, with twice the steps. An automaton over all words would take a load a
 * character, from tables of megabytes.
 *
 * Words have to be in lower case; none may be empty.
 */
export const createWordScanner = (words: readonly string[], frequency: GramCounts): WordScanner => {
  const numbers = [...words.keys()];
  // A text that is ASCII has only words that are, and most are: the emoji of a few rules would be looked for in all of them.
  const ascii = createPasses(
    words,
    numbers.filter((word) => isAscii(words[word] as string)),
    frequency,
  );
  const other = createPasses(
    words,
    numbers.filter((word) => !isAscii(words[word] as string)),
    frequency,
  );
  const shortest = words.reduce((least, { length }) => Math.min(least, length), Infinity);
  return {
    scan: (value, found) => {
      // A text's lower case is at most twice as long (İ).
      if (2 * value.text.length < shortest) return 0;
      bytes.load(value);
      const count = ascii(value, found, 0);
      return bytes.isAscii ? count : other(value, found, count);
    },
  };
};

const bytes = new TextBytes();

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** Adds what is in the text to what was found before, and gives how many that is together. */
type Passes = (value: FieldValue, found: Uint32Array, before: number) => number;

const createPasses = (words: readonly string[], numbers: readonly number[], frequency: GramCounts): Passes => {
  const ofLength = (least: number, most: number): readonly number[] =>
    numbers.filter((word) => (words[word] as string).length >= least && (words[word] as string).length <= most);
  const tableOf = (plan: GramPlan, those: readonly number[]): GramTable | null =>
    those.length === 0 ? null : createGramTable(chooseGrams(words, those, plan, frequency));
  const longTable = tableOf(long, ofLength(leastLong, Infinity));
  const middleTable = tableOf(middle, ofLength(leastMiddle, leastLong - 1));
  const short = ofLength(1, leastMiddle - 1);
  const shortTable = short.length === 0 ? null : createShortWords(words, short);
  const seen = new Uint32Array(words.length);
  let round = 0;
  let count = 0;

  /** Compares the words of a place with the text around `at`, where their gram may be. */
  const compare = (
    { heads, nexts, grams }: Pick<GramTable, 'heads' | 'nexts' | 'grams'>,
    place: number,
    key: number,
    at: number,
    value: FieldValue,
    found: Uint32Array,
  ): void => {
    for (let entry = heads[place] as number; entry >= 0; entry = nexts[entry] as number) {
      const gram = grams[entry] as Gram;
      if (gram.key !== key || seen[gram.word] === round || at < gram.offset) continue;
      if (!value.lower().startsWith(gram.text, at - gram.offset)) continue;
      seen[gram.word] = round;
      found[count++] = gram.word;
    }
  };
  const passLong = (table: GramTable, value: FieldValue, found: Uint32Array): void => {
    const { bits, shift } = table;
    const { words: four, length } = bytes;
    for (let at = 0; at < length; at += 4) {
      const key = (four[at >> 2] as number) | folding;
      const place = Math.imul(key, multiplier) >>> shift;
      if (((bits[place >>> 5] as number) >>> (place & 31)) & 1) compare(table, place >>> 3, key, at, value, found);
    }
  };
  const passMiddle = (table: GramTable, value: FieldValue, found: Uint32Array): void => {
    const { bits, shift } = table;
    const { words: four, length } = bytes;
    let next = (four[0] as number) | folding;
    for (let at = 0; at < length; at += 4) {
      const now = next;
      next = (four[(at >> 2) + 1] as number) | folding;
      const first = now & 0xff_ffff;
      let place = Math.imul(first, multiplier) >>> shift;
      if (((bits[place >>> 5] as number) >>> (place & 31)) & 1) compare(table, place >>> 3, first, at, value, found);
      const second = (now >>> 16) | ((next & 0xff) << 16);
      place = Math.imul(second, multiplier) >>> shift;
      if (((bits[place >>> 5] as number) >>> (place & 31)) & 1)
        compare(table, place >>> 3, second, at + 2, value, found);
    }
  };
  const passShort = (table: Omit<GramTable, 'shift'>, value: FieldValue, found: Uint32Array): void => {
    const { bits } = table;
    const { words: four, length } = bytes;
    for (let at = 0; at < length; at += 4) {
      const now = (four[at >> 2] as number) | folding;
      const first = pairOf(now);
      if (((bits[first >>> 5] as number) >>> (first & 31)) & 1) compare(table, first, first, at, value, found);
      const second = pairOf(now >>> 16);
      if (((bits[second >>> 5] as number) >>> (second & 31)) & 1) compare(table, second, second, at + 2, value, found);
    }
  };
  return (value, found, before) => {
    round++;
    count = before;
    if (longTable !== null) passLong(longTable, value, found);
    if (middleTable !== null) passMiddle(middleTable, value, found);
    if (shortTable !== null) passShort(shortTable, value, found);
    return count;
  };
};
