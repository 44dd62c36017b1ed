import { expect } from 'chai';
import fc from 'fast-check';
import { readValue, valueTypes } from '../../../src/formats/evtx/read-value.ts';
import { microsOfFileTime } from '../../../src/formats/evtx/time-values.ts';

const read = (type: number, bytes: Buffer): unknown => readValue(bytes, type, 0, bytes.length);
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const u64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
};
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');

const cases: readonly (readonly [title: string, type: number, bytes: Buffer, expected: unknown])[] = [
  ['text', valueTypes.string, wide('C:\\Ünïcode'), 'C:\\Ünïcode'],
  ['text without the zeros that end it', valueTypes.string, wide('abc\0\0'), 'abc'],
  ['text of no length as empty', valueTypes.string, Buffer.alloc(0), ''],
  ['text in the code page of Western Europe', valueTypes.ansiString, hex('80 e9 00'), '€é'],
  ['a signed byte', valueTypes.int8, hex('ff'), -1],
  ['an unsigned byte', valueTypes.uint8, hex('ff'), 255],
  ['a signed word', valueTypes.int16, hex('00 80'), -32768],
  ['an unsigned word', valueTypes.uint16, hex('ff ff'), 65535],
  ['a signed number', valueTypes.int32, hex('ff ff ff ff'), -1],
  ['an unsigned number', valueTypes.uint32, hex('ff ff ff ff'), 4294967295],
  ['a long number', valueTypes.int64, hex('fe ff ff ff ff ff ff ff'), -2],
  ['a long number that no double holds, as text', valueTypes.uint64, u64(2n ** 64n - 1n), '18446744073709551615'],
  ['the last long number that a double holds', valueTypes.uint64, u64(2n ** 53n - 1n), 9007199254740991],
  ['a single-precision number without the digits it does not have', valueTypes.real32, hex('cd cc cc 3d'), 0.1],
  ['a double-precision number', valueTypes.real64, hex('00 00 00 00 00 00 f8 3f'), 1.5],
  ['no number at all, as text', valueTypes.real64, hex('00 00 00 00 00 00 f8 7f'), 'NaN'],
  ['true', valueTypes.boolean, hex('01 00 00 00'), 'true'],
  ['false', valueTypes.boolean, hex('00 00 00 00'), 'false'],
  ['bytes', valueTypes.binary, hex('00 ab ff'), '00ABFF'],
  ['a GUID', valueTypes.guid, hex('72bb5a36 8608 c95c 0000 0010a1c50d00'), '{365abb72-0886-5cc9-0000-0010a1c50d00}'],
  ['a pointer of 32 bits', valueTypes.size, hex('10 00 00 00'), '0x10'],
  ['a pointer of 64 bits', valueTypes.size, hex('00 00 00 00 01 00 00 00'), '0x100000000'],
  ['a time', valueTypes.fileTime, u64(131_975_120_658_943_413n), '2019-03-19T23:34:25.8943413Z'],
  ['the time at which times begin', valueTypes.fileTime, u64(0n), '1601-01-01T00:00:00.0000000Z'],
  [
    'a time in parts',
    valueTypes.systemTime,
    hex('e307 0300 0200 1300 1700 2200 1900 7e03'),
    '2019-03-19T23:34:25.894Z',
  ],
  ['a SID', valueTypes.sid, hex('01 01 000000000005 12000000'), 'S-1-5-18'],
  ['a SID of a domain', valueTypes.sid, hex('01 02 000000000005 15000000 ffffffff'), 'S-1-5-21-4294967295'],
  ['a SID that is cut, as bytes', valueTypes.sid, hex('01 02 000000000005 15000000'), '010200000000000515000000'],
  ['a hexadecimal number', valueTypes.hexInt32, hex('ff ff 1f 00'), '0x1fffff'],
  ['a hexadecimal zero', valueTypes.hexInt32, hex('00 00 00 00'), '0x0'],
  ['a long hexadecimal number', valueTypes.hexInt64, u64(0x8020000000000000n), '0x8020000000000000'],
  ['a long hexadecimal number that is short', valueTypes.hexInt64, u64(0x3e7n), '0x3e7'],
  ['a list of texts', 0x81, wide('one\0\0three\0'), ['one', '', 'three']],
  ['a list of numbers', 0x86, hex('01 00 ff ff'), [1, 65535]],
  ['a list of hexadecimal numbers', 0x94, hex('10 00 00 00 ff 00 00 00'), ['0x10', '0xff']],
  ['a list that is cut, as bytes', 0x86, hex('01 00 ff'), '0100FF'],
  ['nothing', valueTypes.null, Buffer.alloc(0), null],
  ['nothing where a number is missing', valueTypes.uint32, Buffer.alloc(0), null],
  ['a type of which nobody knows anything, as bytes', 0x35, hex('0102'), '0102'],
];

describe('a value of an event log', () => {
  for (const [title, type, bytes, expected] of cases) {
    it(`is read: ${title}`, () => {
      expect(read(type, bytes)).to.deep.equal(expected);
    });
  }

  it('that is shorter than its type is damage', () => {
    expect(() => read(valueTypes.uint32, hex('01 02'))).to.throw('shorter than its type');
  });

  it('keeps every digit of every time from 1684 to 2255', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 26_372_743_452_590_090n, max: 206_516_728_547_409_910n }), (ticks) => {
        const bytes = u64(ticks);
        const micros = (ticks - (ticks % 10n)) / 10n - 11_644_473_600_000_000n;
        expect(microsOfFileTime(bytes, 0)).to.equal(Number(micros));
        const text = String(read(valueTypes.fileTime, bytes));
        expect(text.slice(0, 19)).to.equal(new Date(Math.floor(Number(micros) / 1000)).toISOString().slice(0, 19));
        const [, seconds = '', fraction = ''] = /^(.*)\.(\d{7})Z$/.exec(text) ?? [];
        const back = (BigInt(Date.parse(`${seconds}Z`) / 1000) + 11_644_473_600n) * 10_000_000n + BigInt(fraction);
        expect(back).to.equal(ticks);
      }),
    );
  });

  it('of 64 bits is the same number in decimal and hexadecimal', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (number) => {
        expect(String(read(valueTypes.uint64, u64(number)))).to.equal(String(number));
        expect(read(valueTypes.hexInt64, u64(number))).to.equal(`0x${number.toString(16)}`);
      }),
    );
  });
});
