import { expect } from 'chai';
import fc from 'fast-check';
import { parseDynamic, printDynamic } from '../../../src/query/values/dynamic.ts';

describe('dynamic values', () => {
  it('are what JSON says, and their text is one for equal values', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const value = parseDynamic(json);
        expect(value).not.to.equal(undefined);
        const canonical = printDynamic(value ?? null);
        expect(printDynamic(parseDynamic(canonical) ?? null)).to.equal(canonical);
        expect(JSON.parse(canonical)).to.deep.equal(JSON.parse(JSON.stringify(JSON.parse(json))));
      }),
    );
  });

  it('keep whole numbers and reals apart, and big whole numbers whole', () => {
    expect(printDynamic(parseDynamic('[1, 1.0, 9223372036854775807]') ?? null)).to.equal('[1,1.0,9223372036854775807]');
  });

  it('keep the order and the strangeness of keys', () => {
    expect(printDynamic(parseDynamic('{"b":1,"2":2,"__proto__":3,"1":4}') ?? null)).to.equal(
      '{"b":1,"2":2,"__proto__":3,"1":4}',
    );
  });

  it('are none where the text is no JSON, however deep it goes', () => {
    for (const text of ['{', '[1,]', '{"a" 1}', "{'a':1}", 'x', '', '1 2', '['.repeat(100_000)]) {
      expect(parseDynamic(text), text.slice(0, 20)).to.equal(undefined);
    }
  });
});
