import { expect } from 'chai';
import fc from 'fast-check';
import { parseRecord } from '../../../src/api/data/parse-record.ts';
import { parseDynamic } from '../../../src/query/values/dynamic.ts';

describe('a record of JSON', () => {
  it('is the same, and in the same order, by the fast way and by the careful one', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(3), (text, blanks) => {
        const spaced = JSON.stringify(JSON.parse(text), null, blanks);
        expect(parseRecord(spaced)).to.deep.equal(parseDynamic(spaced));
      }),
    );
  });

  it('keeps what JavaScript’s own parser loses', () => {
    const bag = parseRecord('{"2":1,"1":1.0,"n":9223372036854775807}') as ReadonlyMap<string, unknown>;
    expect([...bag]).to.deep.equal([
      ['2', 1n],
      ['1', 1],
      ['n', 9223372036854775807n],
    ]);
    expect([...(parseRecord('{"__proto__":1}') as ReadonlyMap<string, unknown>)]).to.deep.equal([['__proto__', 1n]]);
  });

  it('takes control characters in texts, as products write them, and nothing that is no JSON', () => {
    expect(parseRecord('{"a":"x\ty"}')).to.deep.equal(new Map([['a', 'x\ty']]));
    expect(parseRecord('{"a":}')).to.equal(undefined);
    expect(parseRecord('[1] 2')).to.equal(undefined);
  });
});
