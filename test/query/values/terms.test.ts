import { expect } from 'chai';
import fc from 'fast-check';
import { openDatabase, sqlString, type Database } from '../../../src/telemetry/database.ts';
import { hasTerm, termsPattern } from '../../../src/query/values/terms.ts';

/** `has` by its definition: some run of the text's terms and what stands between them. */
const naive = (text: string, needle: string): boolean => {
  const letter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  const [characters, wanted] = [[...text], [...needle]];
  if (wanted.length === 0) return true;
  return characters.some((_, at) => {
    if (!wanted.every((character, index) => characters[at + index] === character)) return false;
    const before = letter(wanted[0]) && letter(characters[at - 1]);
    const after = letter(wanted.at(-1)) && letter(characters[at + wanted.length]);
    return !before && !after;
  });
};

const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '1', '_', '.', '-', ' ', '😀'), maxLength: 12 });
const needles = fc.string({ unit: fc.constantFrom('a', 'b', '1', '.', '-', 'é'), maxLength: 3 });
const whole = { start: true, end: true };

describe('terms', () => {
  let database: Database;

  before(async () => {
    database = await openDatabase();
  });

  after(() => database.close());

  it('are found as their definition finds them', () => {
    fc.assert(
      fc.property(texts, needles, (text, needle) => hasTerm(text, needle, whole) === naive(text, needle)),
      { numRuns: 2000 },
    );
  });

  it('are found by the regular expression that stands for them', async () => {
    const pairs = fc.sample(fc.tuple(texts, needles), 300).filter(([, needle]) => needle !== '');
    const tests = pairs.map(
      ([text, needle]) => `regexp_matches(${sqlString(text)}, ${sqlString(termsPattern([needle], whole))})`,
    );
    const { rows } = await database.read(`SELECT ${tests.join(', ')}`);
    pairs.forEach(([text, needle], index) =>
      expect(rows[0]?.[index], JSON.stringify([text, needle])).to.equal(hasTerm(text, needle, whole)),
    );
  });

  it('do not end at an underscore, and a name of a file is one', () => {
    expect(hasTerm('foo_bar', 'foo', whole)).to.equal(true);
    expect(hasTerm('c:\\powershell.exe -x', 'powershell.exe', whole)).to.equal(true);
    expect(hasTerm('evilpowershell.exe', 'powershell.exe', whole)).to.equal(false);
  });
});
