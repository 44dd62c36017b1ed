import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { fixSplunkWords, withFixes } from '../../../src/query/sumo/fix/fix-splunk-words.ts';
import { loadEventSchema } from '../../../src/telemetry/catalog.ts';
import { openWith, origin } from '../support.ts';

const fixed = (text: string): string => withFixes(text, fixSplunkWords(text));

describe('Splunk’s words in a Sumo query', () => {
  it('stats … by loses its first word', () => {
    expect(fixed('* | stats count as n, sum(x) as s by a, b | where n > 1')).to.equal(
      '* | count as n, sum(x) as s by a, b | where n > 1',
    );
  });

  it('eval x = e names the expression behind it, each of several', () => {
    expect(fixed('* | eval r = if(a > 0, b / a, 99)')).to.equal('* | if(a > 0, b / a, 99) as r');
    expect(fixed('* | eval x = 1, y = concat(a, ",", b)\n| count')).to.equal(
      '* | 1 as x | concat(a, ",", b) as y\n| count',
    );
  });

  it('what would not say the same stays', () => {
    for (const text of [
      '* | stats dc(x) by a',
      '* | stats count by a b',
      '* | eval x = coalesce(a, b)',
      '* | eval x == 1',
      '* | rename a as b',
      '* | bytes as stats | eval as x',
    ])
      expect(fixed(text)).to.equal(text);
  });

  it('the published query of T1583.004 has none of them left', async () => {
    const file = resolve(import.meta.dirname, '../../../detections/T1583.004/published/t1583-004.sumo');
    const text = readFileSync(file, 'utf8');
    expect(fixSplunkWords(text).length).to.be.greaterThan(4);
    const { columns } = loadEventSchema('sec_record_network');
    await using opened = await openWith([], [{ name: 'sec_record_network', columns }]);
    const { diagnostics } = opened.engine.compile('sumo', fixed(text), origin);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
  });
});
