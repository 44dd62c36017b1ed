import { expect } from 'chai';
import { parseDuration } from '../../src/content/durations.ts';

describe('a duration', () => {
  for (const [text, seconds] of [
    ['500ms', 0.5],
    ['1.5s', 1.5],
    ['0s', 0],
    ['5m', 300],
    ['24h', 86_400],
    ['14d', 1_209_600],
    ['PT1H', 3600],
    ['PT5M30S', 330],
    ['P1D', 86_400],
    ['P1DT12H', 129_600],
  ] as const)
    it(`${text} is ${seconds} seconds`, () => expect(parseDuration(text)).to.equal(seconds));

  for (const text of ['', '5', '5 s', '-5s', 's', '1h30m', 'P', 'PT', 'P1DT', '1e3s', '5S'])
    it(`${JSON.stringify(text)} is none`, () => expect(parseDuration(text)).to.equal(null));
});
