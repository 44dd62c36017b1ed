import { expect } from 'chai';
import fc from 'fast-check';
import { countGrams } from '../../../../src/query/sigma/match/choose-grams.ts';
import { FieldValue } from '../../../../src/query/sigma/match/field-value.ts';
import { createWordScanner } from '../../../../src/query/sigma/match/word-scanner.ts';

/** Few characters, so that words overlap, share grams and stand at every place; some fold, some are folded to the same byte. */
const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom('a', 'B', 'b', '\\', '|', ' ', '\0', '1', 'é', 'İ', 'K', '😀', '\ud800'), { maxLength })
    .map((units) => units.join(''));

const scan = (words: readonly string[], texts: readonly string[], sample: readonly string[]): readonly string[][] => {
  const scanner = createWordScanner(words, countGrams(sample));
  const found = new Uint32Array(words.length);
  return texts.map((one) => {
    const count = scanner.scan(new FieldValue().set(one), found);
    return [...found.subarray(0, count)].map((word) => words[word] as string).sort();
  });
};

describe('the scanner for words', () => {
  it('finds exactly the words that a text has in lower case, each once, wherever they stand', () => {
    let found = 0;
    fc.assert(
      fc.property(
        fc.uniqueArray(
          text(12)
            .filter((one) => one !== '')
            .map((one) => one.toLowerCase()),
          { minLength: 1, maxLength: 30 },
        ),
        fc.array(text(40), { maxLength: 6 }),
        fc.array(text(20), { maxLength: 3 }),
        (words, texts, sample) => {
          const wanted = texts.map((one) => words.filter((word) => one.toLowerCase().includes(word)).sort());
          found += wanted.flat().length;
          expect(scan(words, texts, sample)).to.deep.equal(wanted);
        },
      ),
      { numRuns: 2000 },
    );
    expect(found).to.be.greaterThan(1000);
  });

  it('finds a word at every place of a long text, of one that is not ASCII too', () => {
    for (const word of ['q', 'qz', 'qzx', 'qzxw', 'qzxwv', 'qzxwvut', 'qzxwvutsrqponml']) {
      for (const filler of ['.', 'ß'])
        for (let before = 0; before < 9; before++) {
          const one = filler.repeat(before) + word.toUpperCase() + filler.repeat(9 - before);
          expect(scan([word, 'nowhere'], [one], []), one).to.deep.equal([[word]]);
        }
    }
    const long = `${'a'.repeat(200_003)}needle${'b'.repeat(70_001)}`;
    expect(scan(['needle', 'aab', 'noodle'], [long], [])).to.deep.equal([['needle']]);
  });
});
