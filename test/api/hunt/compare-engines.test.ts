import { expect } from 'chai';
import { compareWithSql } from '../../../src/api/hunt/compare-engines.ts';
import { openDatabase } from '../../../src/telemetry/database.ts';
import { loadSigma } from '../../../src/query/sigma/collection/load-sigma.ts';
import { eventOf } from '../../query/sigma/sigma-text.ts';

const text = `title: Anything with an a
logsource: { product: windows }
detection:
  selection: { Text|contains: a }
  condition: selection
`;

describe('the comparison of engines', () => {
  it('makes an error of each event that SQL decides otherwise, and names rule and record', async () => {
    const [rule] = loadSigma([{ file: 'a.yml', text }]).rules;
    if (rule === undefined) throw new Error('the rule is refused');
    await using database = await openDatabase();
    const events = ['an a', 'none', 'ah'].map((one) => eventOf({ Text: one.replace('none', 'no') }));
    const right = events.map((event, index) => ({ event, isMatch: index !== 1 }));
    expect(await compareWithSql(database, rule, right)).to.deep.equal({ compared: 3, diagnostics: [] });
    const wrong = right.map((one) => ({ ...one, isMatch: !one.isMatch }));
    const { diagnostics } = await compareWithSql(database, rule, wrong);
    expect(diagnostics.map(({ code, severity, place }) => [code, severity, place?.file])).to.deep.equal(
      Array(3).fill(['sigma/disagreement', 'error', 'a.yml']),
    );
    expect(diagnostics[1]?.message).to.match(/^"Anything with an a" does not match record \d+ of .* by SQL/);
  });
});
