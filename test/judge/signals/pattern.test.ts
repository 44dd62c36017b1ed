import { expect } from 'chai';
import fc from 'fast-check';
import { conditionSql } from '../../../src/judge/signals/condition-sql.ts';
import { literalOf, likeOf, parsePattern, type Pattern } from '../../../src/judge/signals/pattern.ts';
import { openDatabase, type Database } from '../../../src/telemetry/database.ts';

/** What a pattern means, said in the plainest way. */
const matches = (pattern: Pattern, text: string): boolean => {
  const [token, ...rest] = pattern;
  if (token === undefined) return text === '';
  if (token === 'any') return matches(rest, text) || (text !== '' && matches(pattern, text.slice(1)));
  if (token === 'one') return text !== '' && matches(rest, text.slice(1));
  return text.startsWith(token.literal) && matches(rest, text.slice(token.literal.length));
};

describe('a Sigma text value', () => {
  const cases: readonly [string, Pattern][] = [
    ['powershell.exe', [{ literal: 'powershell.exe' }]],
    ['*\\powershell.exe', ['any', { literal: '\\powershell.exe' }]],
    ['C:\\Windows\\System32\\cmd.exe', [{ literal: 'C:\\Windows\\System32\\cmd.exe' }]],
    ['a?c', [{ literal: 'a' }, 'one', { literal: 'c' }]],
    ['100\\*', [{ literal: '100*' }]],
    ['what\\?', [{ literal: 'what?' }]],
    ['C:\\\\*', [{ literal: 'C:\\' }, 'any']],
    ['\\\\\\*', [{ literal: '\\*' }]],
    ['ends with \\', [{ literal: 'ends with \\' }]],
    ['', []],
  ];
  for (const [text, pattern] of cases) {
    it(`reads ${JSON.stringify(text)} as ${JSON.stringify(pattern)}`, () => {
      expect(parsePattern(text)).to.deep.equal(pattern);
    });
  }

  it('with every special character escaped is its own text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(literalOf(parsePattern(text.replace(/[\\*?]/g, '\\$&')))).to.equal(text);
      }),
    );
  });

  it('escapes what LIKE takes for a wildcard', () => {
    expect(likeOf(parsePattern('100%_\\path*?'))).to.equal('100\\%\\_\\\\path%_');
  });
});

describe('a Sigma text value in SQL', () => {
  let database: Database;
  before(async () => {
    database = await openDatabase();
  });
  after(() => database.close());

  const matchesInSql = async (pattern: Pattern, cased: boolean, text: string): Promise<unknown> => {
    const condition = {
      column: { name: 'Text', type: 'string' },
      all: false,
      matchers: [{ kind: 'pattern', pattern, cased }],
    } as const;
    const { sql, values } = conditionSql(condition, () => []);
    const { rows } = await database.read(`SELECT ${sql} FROM (SELECT ? AS "Text")`, [...values, text]);
    return rows[0]?.[0];
  };

  // Few characters, so that values meet their patterns; those that SQL, LIKE and Sigma treat specially are all there.
  const piece = fc.constantFrom('a', 'B', '*', '?', '\\', '%', '_', "'", '"', '\n', 'é', '😀', ';--');
  const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));

  it('means what it says, whatever the value and the pattern hold', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (source, value) => {
        const pattern = parsePattern(source);
        // `one` is a character to SQL and a code unit to the oracle above.
        fc.pre(!(pattern.includes('one') && value.includes('😀')));
        expect(await matchesInSql(pattern, true, value)).to.equal(matches(pattern, value));
      }),
      { numRuns: 300 },
    );
  });

  it('does not see case unless it is asked to', async () => {
    expect(await matchesInSql(parsePattern('*\\POWERSHELL.exe'), false, 'C:\\x\\powershell.EXE')).to.equal(true);
    expect(await matchesInSql(parsePattern('*\\POWERSHELL.exe'), true, 'C:\\x\\powershell.EXE')).to.equal(false);
    expect(await matchesInSql(parsePattern('ÄPFEL'), false, 'äpfel')).to.equal(true);
  });
});
