import { expect } from 'chai';
import fc from 'fast-check';
import { compileLinearRegex } from '../../../../src/query/sigma/regex/linear-regex.ts';
import { parseRegex } from '../../../../src/query/sigma/regex/parse-regex.ts';
import { requiredLiteral } from '../../../../src/query/sigma/regex/required-literal.ts';

const pieces = [
  'a',
  'b',
  'c',
  '1',
  ' ',
  '\\.',
  '\\d',
  '\\w',
  '\\s',
  '\\W',
  '.',
  '[ab]',
  '[^a]',
  '[a-c1]',
  'é',
  'É',
  'k',
  '[\\w-]',
  '\\x41',
  'A',
  '\n',
];

const expression = fc.letrec<{ readonly atom: string; readonly repeated: string; readonly choice: string }>((tie) => ({
  atom: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...pieces) },
    { weight: 2, arbitrary: tie('choice').map((inner) => `(?:${inner})`) },
  ),
  repeated: fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(tie('atom'), fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{0,}', '*?'))
        .map(([atom, count]) => atom + count),
    },
    { weight: 1, arbitrary: fc.constantFrom('\\b', '^', '$', '\\B') },
  ),
  choice: fc
    .array(
      fc.array(tie('repeated'), { maxLength: 5 }).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 3 },
    )
    .map((parts) => parts.join('|')),
})).choice;

// With letters that fold in surprising ways: long s, the Kelvin sign.
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'A', 'B', 'K', 'k', '1', ' ', '.', '\n', 'é', 'É', '-', 'ſ', '\u212a', '\r'), {
    maxLength: 14,
  })
  .map((parts) => parts.join(''));

describe('the linear regular expressions', () => {
  it('find what the platform finds, and never without their required literal', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(
        expression,
        fc.constantFrom('', 'i', 'm', 's', 'im'),
        fc.array(text, { minLength: 5, maxLength: 5 }),
        (source, flags, texts) => {
          const platform = new RegExp(source, flags);
          const linear = compileLinearRegex(source, flags);
          const literal = requiredLiteral(parseRegex(source, flags));
          for (const one of texts) {
            const found = platform.test(one);
            expect(linear(one)).to.equal(found);
            if (found && literal !== null) expect(one.toLowerCase()).to.include(literal);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  for (const source of ['(a+)+b$', '(?:a|aa)+$b', '^(?:.*a){12}x', '\\w+`(?:\\w+|-|.)`[\\w+|\\s]']) {
    it(`are done with a hostile text at once: ${source}`, function () {
      this.timeout(5_000);
      expect(compileLinearRegex(source, 'i')(`${'a'.repeat(300_000)}!`)).to.equal(false);
    });
  }

  it('know the text that a match must hold', () => {
    const literalOf = (source: string, flags = ''): string | null => requiredLiteral(parseRegex(source, flags));
    expect(literalOf('abc+d')).to.equal('abc');
    expect(literalOf('a?bcd')).to.equal('bcd');
    expect(literalOf('ABC', 'i')).to.equal('abc');
    expect(literalOf('(?:abc)de')).to.equal('abcde');
    expect(literalOf('abc|d')).to.equal(null);
    expect(literalOf('x{0,}')).to.equal(null);
    expect(literalOf('é')).to.equal(null);
  });
});
