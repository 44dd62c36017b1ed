import { expect } from 'chai';
import fc from 'fast-check';
import { hostText, readCString, unescapeC } from '../../../src/formats/strace/c-string.ts';
import { quote } from './quote.ts';

describe('a string as strace prints it', () => {
  it('gives back the bytes that were printed, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const printed = quote(bytes);
        const string = readCString(printed);
        expect(string === null ? null : [...string.bytes]).to.deep.equal([...bytes]);
        expect(string?.end).to.equal(printed.length);
      }),
    );
  });

  it('ends at its own quote and says when it was cut short', () => {
    expect(readCString('"a\\"b"..., 5')).to.deep.include({ cut: true, end: 9 });
    expect(readCString('"a", "b"')).to.deep.include({ cut: false, end: 3 });
    expect(readCString('"never')).to.equal(null);
    expect(readCString('NULL')).to.equal(null);
  });

  it('reads octal of one to three digits and hexadecimal', () => {
    expect([...unescapeC('\\0\\18\\377\\x41\\e')]).to.deep.equal([0, 1, 56, 255, 65, 101]);
  });
});

describe('text that a host chose', () => {
  it('is decoded as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(hostText(Buffer.from(text))).to.deep.equal({ text, invalidBytes: 0 });
      }),
    );
  });

  it('shows and counts every byte that is not UTF-8', () => {
    expect(hostText(Buffer.from('h\xe9llo\xff', 'latin1'))).to.deep.equal({ text: 'h\\xe9llo\\xff', invalidBytes: 2 });
    expect(hostText(Buffer.from([0xe6, 0x97, 0xa5, 0xe6, 0x97]))).to.deep.equal({
      text: '日\\xe6\\x97',
      invalidBytes: 2,
    });
  });

  it('never loses a byte and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const { text, invalidBytes } = hostText(bytes);
        expect(Buffer.byteLength(text)).to.equal(bytes.length + 3 * invalidBytes);
      }),
    );
  });
});
