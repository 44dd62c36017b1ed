import { expect } from 'chai';
import fc from 'fast-check';
import { parseDatetime } from '../../../src/query/values/parse-datetime.ts';
import { parseTimespan } from '../../../src/query/values/parse-timespan.ts';
import { maxDatetimeTicks, printDatetime, printTimespan } from '../../../src/query/values/ticks.ts';

describe('datetimes and timespans', () => {
  it('are printed and read back to the tick', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: maxDatetimeTicks }), (ticks) => {
        expect(parseDatetime(printDatetime(ticks))).to.equal(ticks);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), (ticks) => {
        expect(parseTimespan(printTimespan(ticks))).to.equal(ticks);
      }),
    );
  });

  it('are read in the spellings that the service takes', () => {
    const datetimes: [string, string][] = [
      ['2020', '2020-01-01T00:00:00.0000000Z'],
      ['2020-02-29 13:45:09.1234567', '2020-02-29T13:45:09.1234567Z'],
      ['2020-06-15T12:00:00+02:00', '2020-06-15T10:00:00.0000000Z'],
      ['12-31-2019', '2019-12-31T00:00:00.0000000Z'],
      ['Sat, 08 Nov 2014 15:05:02 GMT', '2014-11-08T15:05:02.0000000Z'],
    ];
    for (const [text, printed] of datetimes) expect(printDatetime(parseDatetime(text) ?? 0n), text).to.equal(printed);
    const timespans: [string, string][] = [
      ['1.02:03:04.5', '1.02:03:04.5000000'],
      ['90s', '00:01:30'],
      ['1.5h', '01:30:00'],
      ['-1d', '-1.00:00:00'],
      ['60m', '01:00:00'],
      ['3', '3.00:00:00'],
    ];
    for (const [text, printed] of timespans) expect(printTimespan(parseTimespan(text) ?? 0n), text).to.equal(printed);
  });

  it('are refused where there is no such day or hour', () => {
    for (const text of ['2021-02-29', '2020-13-01', '2020-01-01T24:01', 'yesterday', ''])
      expect(parseDatetime(text), text).to.equal(null);
    for (const text of ['25:00', '1.5', 'x', '01:60']) expect(parseTimespan(text), text).to.equal(null);
  });
});
