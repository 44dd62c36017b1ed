import { expect } from 'chai';
import { parseWhere } from '../../../src/judge/signals/parse-where.ts';
import type { Json } from '../../../src/model/json.ts';
import { loadEventSchema } from '../../../src/telemetry/catalog.ts';
import { signal } from './signal.ts';

const sysmon3 = loadEventSchema('Sysmon-3');

const problems = (where: Record<string, Json>): readonly string[] =>
  parseWhere(signal({ where }), sysmon3).diagnostics.map(
    ({ code, message, hint }) => `${code} ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );

describe('the conditions of a signal', () => {
  it('name a column the table does not have, and the one that was meant, where the signal stands', () => {
    expect(problems({ DestinationPrt: 8443 })).to.deep.equal([
      'signal/unknown-column signal "check-ins", DestinationPrt: table Sysmon-3 has no column "DestinationPrt" (did you mean "DestinationPort"?)',
    ]);
    expect(parseWhere(signal({ where: { image: 'x' } }), sysmon3).diagnostics[0]?.place).to.deep.equal(signal().place);
  });

  it('are all checked in one pass', () => {
    expect(problems({ 'Image|contians': 'x', Nothing: 1, 'SourceIp|cidr': 'here' })).to.have.length(3);
  });

  const wrong: readonly [string, Json, RegExp][] = [
    ['Image|contians', 'x', /modifier "contians".*did you mean "contains"/],
    ['Image|base64', 'x', /no signal can use the modifier "base64"/],
    ['Image|contains|endswith', 'x', /contains and endswith exclude each other/],
    ['Image|i', 'x', /i belongs to re/],
    ['Image|contains', null, /contains takes a text/],
    ['Image|re', 5, /re takes a text/],
    ['Image|exists', 'yes', /exists takes true or false/],
    ['DestinationPort|gt', 'many', /gt takes a number/],
    ['SourceIp|cidr', '10.0.0.1', /cidr takes a prefix/],
    ['Image', [], /an empty list matches nothing/],
    ['Image', { a: 1 }, /is no single value/],
  ];
  for (const [key, value, expected] of wrong) {
    it(`do not take ${key}: ${JSON.stringify(value)}`, () => {
      expect(problems({ [key]: value }).join()).to.match(expected);
    });
  }
});
