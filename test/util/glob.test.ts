import { expect } from 'chai';
import fc from 'fast-check';
import { isGlob, matchesGlob } from '../../src/util/glob.ts';

describe('a pattern', () => {
  it('has * for any run of characters and ? for one', () => {
    expect(matchesGlob('t1583.003-*', 't1583.003-sentinel-published')).to.equal(true);
    expect(matchesGlob('t1583.00?-*', 't1583.004-')).to.equal(true);
    expect(matchesGlob('t1583.00?', 't1583.00')).to.equal(false);
  });

  it('takes every other character as it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, text) => {
        fc.pre(!isGlob(pattern));
        expect(matchesGlob(pattern, pattern)).to.equal(true);
        expect(matchesGlob(pattern, text)).to.equal(pattern === text);
      }),
    );
  });
});
