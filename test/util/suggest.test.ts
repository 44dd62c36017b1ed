import { expect } from 'chai';
import fc from 'fast-check';
import { suggest, suggestionHint } from '../../src/util/suggest.ts';

describe('a suggestion', () => {
  const keys = ['command', 'cleanup_command', 'elevation_required', 'name'];

  for (const [word, meant] of [
    ['comand', 'command'],
    ['commnad', 'command'],
    ['Command', 'command'],
    ['cleanup_comand', 'cleanup_command'],
    ['nmae', 'name'],
  ] as const)
    it(`for ${word} is ${meant}`, () => expect(suggest(word, keys)).to.equal(meant));

  it('is not made for a word that is like none', () => {
    expect(suggest('steps', keys)).to.equal(null);
    expect(suggestionHint('steps', keys)).to.equal('available: cleanup_command, command, elevation_required, name');
  });

  it('lists the first eight of many', () => {
    const many = Array.from({ length: 10 }, (_, index) => `column-${index}`);
    expect(suggestionHint('x', many)).to.match(/^available: (column-\d, ){8}\+2$/);
  });

  it('says nothing where there is nothing', () => expect(suggestionHint('x', [])).to.equal(null));

  it('finds any word again that has one mistake', () => {
    const others = ['zzzzzzzz', 'qqqqqqqqqqqq'];
    const mistake = fc.tuple(fc.stringMatching(/^[a-m]{4,12}$/), fc.nat(), fc.constantFrom('n', 'y'));
    fc.assert(
      fc.property(mistake, ([word, at, letter]) => {
        const index = at % word.length;
        for (const typo of [
          word.slice(0, index) + word.slice(index + 1),
          word.slice(0, index) + letter + word.slice(index),
          word.slice(0, index) + letter + word.slice(index + 1),
        ])
          expect(suggest(typo, [...others, word])).to.equal(word);
      }),
    );
  });
});
