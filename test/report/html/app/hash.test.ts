import { expect } from 'chai';
import fc from 'fast-check';
import { formatHash, parseHash, type Address } from '../../../../src/report/html/app/routing/hash.ts';

const text = fc.string({ unit: 'binary', minLength: 1 }).map((value) => value.toWellFormed());

const route = fc.oneof(
  fc.record({ view: fc.constant('overview' as const) }),
  fc.record({ view: fc.constant('test' as const), key: text }),
  fc.record({ view: fc.constant('detection' as const), key: text, id: text }),
);

const address: fc.Arbitrary<Address> = fc.record({
  route,
  query: fc.string({ unit: 'binary' }).map((value) => value.toWellFormed()),
  theme: fc.constantFrom('light' as const, 'dark' as const, null),
  line: fc.option(fc.integer({ min: 1, max: 100_000 })),
});

describe('the address of a view', () => {
  it('reads back as it was written, whatever the ids hold', () => {
    fc.assert(
      fc.property(address, (value) => {
        expect(parseHash(formatHash(value))).to.deep.equal(value);
      }),
    );
  });

  it('is the overview when it makes no sense', () => {
    for (const hash of [
      '',
      '#',
      '#nothing',
      '#/test',
      '#/detection/only-a-key',
      '#/%E0%A4%A',
      '#/?theme=pink&line=-1',
    ]) {
      expect(parseHash(hash), hash).to.deep.equal({ route: { view: 'overview' }, query: '', theme: null, line: null });
    }
  });

  it('can be written for an id that is not well-formed', () => {
    expect(formatHash({ route: { view: 'test', key: 'a\ud800' }, query: '', theme: null, line: null })).to.equal(
      '#/test/a%EF%BF%BD',
    );
  });
});
