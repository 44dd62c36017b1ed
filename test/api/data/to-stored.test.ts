import { expect } from 'chai';
import fc from 'fast-check';
import { inferType, settled, type Inferred } from '../../../src/api/data/infer-type.ts';
import { fromJs } from '../../../src/api/data/from-js.ts';
import { toStored } from '../../../src/api/data/to-stored.ts';
import { exactJson } from '../../../src/util/exact-json.ts';
import type { ScalarType } from '../../../src/model/table.ts';
import type { Dynamic } from '../../../src/query/values/dynamic.ts';

describe('a value of a typed column', () => {
  const cases: readonly (readonly [ScalarType, Dynamic, unknown])[] = [
    ['long', 5n, 5n],
    ['long', '5', 5n],
    ['long', 5, 5n],
    ['long', 5.5, undefined],
    ['long', 1n << 63n, undefined],
    ['int', 2147483647n, 2147483647],
    ['int', 2147483648n, undefined],
    ['real', 'NaN', Number.NaN],
    ['real', '-inf', Number.NEGATIVE_INFINITY],
    ['real', 2n, 2],
    ['real', '0x10', undefined],
    ['decimal', '1.10', '1.10'],
    ['decimal', 'one', undefined],
    ['bool', 'TRUE', true],
    ['bool', 0n, false],
    ['bool', 'yes', undefined],
    ['datetime', '0001-01-01T00:00:00.0000001Z', 1n],
    ['datetime', 5n, undefined],
    ['timespan', '1.00:00:00', 864_000_000_000n],
    ['timespan', 'soon', undefined],
    ['guid', '{74BE27DE-1E4E-49D9-B579-FE0B331D3642}', '74be27de-1e4e-49d9-b579-fe0b331d3642'],
    ['guid', '74be27de', undefined],
    ['dynamic', '{"b":1, "a":[1.0]}', '{"b":1,"a":[1.0]}'],
    ['dynamic', '{no JSON', '"{no JSON"'],
    ['dynamic', 5n, '5'],
    ['string', true, 'true'],
    ['string', 'a\ud800', 'a\ufffd'],
    ['string', [1n], '[1]'],
    ['string', '', ''],
    ['long', '', null],
    ['datetime', null, null],
  ];
  for (const [type, value, stored] of cases) {
    const shown = exactJson(value);
    it(`is ${String(stored)} where ${type} is given ${shown}`, () => {
      expect(toStored(value, type)).to.deep.equal(stored);
    });
  }

  it('always fits the type that was learned from it and its neighbors', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.boolean(), (values, isText) => {
        const column = values.map((value) =>
          fromJs(isText ? (typeof value === 'string' ? value : JSON.stringify(value)) : value),
        );
        const type = settled(column.reduce<Inferred>((known, value) => inferType(known, value, isText), null));
        for (const value of column) expect(toStored(value, type)).not.to.equal(undefined);
      }),
    );
  });

  it('takes codes with leading zeros for text, and only full moments for datetimes', () => {
    const learned = (...values: readonly string[]): ScalarType =>
      settled(values.reduce<Inferred>((known, value) => inferType(known, value, true), null));
    expect(learned('007', '1')).to.equal('string');
    expect(learned('1', '', '2.5')).to.equal('real');
    expect(learned('2026-11-20')).to.equal('string');
    expect(learned('2026-11-20 10:00:00.5', '2026-11-20T10:00:00+01:00')).to.equal('datetime');
    expect(learned('2026-13-20T10:00:00Z')).to.equal('string');
    expect(learned('')).to.equal('string');
  });
});
