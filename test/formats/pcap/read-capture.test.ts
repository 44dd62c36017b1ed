import { expect } from 'chai';
import fc from 'fast-check';
import type { CaptureSummary } from '../../../src/formats/pcap/capture.ts';
import { createCaptureReader } from '../../../src/formats/pcap/read-capture.ts';
import { pcap, pcapng, tcp, type CapturedFrame } from '../../support/frames.ts';

interface Read {
  readonly frames: readonly {
    readonly micros: number;
    readonly hex: string;
    readonly length: number;
    readonly name: string | null;
  }[];
  readonly summary: CaptureSummary;
}

const read = (file: Uint8Array, pieces: readonly number[] = [file.length]): Read => {
  const frames: Read['frames'][number][] = [];
  const reader = createCaptureReader(({ micros, bytes, length, interface: { name } }) =>
    frames.push({ micros, length, name, hex: Buffer.from(bytes).toString('hex') }),
  );
  let at = 0;
  for (const piece of [...pieces, file.length]) {
    reader.push(file.subarray(at, at + piece));
    at += piece;
  }
  return { frames, summary: reader.end() };
};

const micros = 1_790_000_000_123_456;
const frames: readonly CapturedFrame[] = [
  { micros, bytes: tcp('10.0.0.1:5000 > 10.0.0.2:80', { flags: ['syn'] }) },
  { micros: micros + 1, bytes: Buffer.from('abcde'), length: 1500 },
  { micros: micros + 2, bytes: Buffer.alloc(0), length: 0 },
];
const expected = frames.map(({ micros: at, bytes, length = bytes.length }) => ({
  micros: at,
  length,
  hex: bytes.toString('hex'),
}));

describe('a capture', () => {
  for (const little of [true, false]) {
    const order = little ? 'little' : 'big';
    it(`is read as pcapng, ${order}-endian`, () => {
      const { frames: found, summary } = read(pcapng(frames, { little }));
      expect(found).to.deep.equal(expected.map((frame) => ({ ...frame, name: 'lo' })));
      expect(summary).to.deep.include({ format: 'pcapng', frames: 3, problems: new Map() });
      expect(summary.interfaces).to.deep.equal([{ name: 'lo', linkType: 1, frames: 3, received: 3, dropped: 0 }]);
    });
    for (const nanoseconds of [true, false]) {
      it(`is read as pcap, ${order}-endian, in ${nanoseconds ? 'nano' : 'micro'}seconds`, () => {
        const { frames: found, summary } = read(pcap(frames, { little, nanoseconds }));
        expect(found).to.deep.equal(expected.map((frame) => ({ ...frame, name: null })));
        expect(summary).to.deep.include({ format: 'pcap', frames: 3, problems: new Map() });
        expect(summary.interfaces[0]).to.include({ received: null, dropped: null });
      });
    }
  }

  it('knows the frames of its interfaces apart, over several sections', () => {
    const interfaces = [{ name: 'zone0' }, { name: 'zone1' }];
    const one = pcapng([{ ...frames[0]!, interface: 1 }], { interfaces });
    const { frames: found, summary } = read(Buffer.concat([one, pcapng(frames.slice(0, 1), { little: false })]));
    expect(found.map(({ name }) => name)).to.deep.equal(['zone1', 'lo']);
    expect(summary.interfaces.map(({ name, frames: count }) => [name, count])).to.deep.equal([
      ['zone0', 0],
      ['zone1', 1],
      ['lo', 1],
    ]);
  });

  it('says how many frames were dropped, and nothing when its capturer did not get to say', () => {
    const statistics = [{ received: 10, dropped: 7 }];
    expect(read(pcapng(frames, { statistics })).summary.interfaces[0]).to.include({ received: 10, dropped: 7 });
    expect(read(pcapng(frames, { statistics: null })).summary.interfaces[0]).to.include({
      received: null,
      dropped: null,
    });
  });

  it('is the same in pieces of any size', () => {
    const file = fc.constantFrom(pcapng(frames), pcapng(frames, { little: false }), pcap(frames));
    fc.assert(
      fc.property(file, fc.array(fc.nat(40), { maxLength: 60 }), (bytes, pieces) => {
        expect(read(bytes, pieces)).to.deep.equal(read(bytes));
      }),
    );
  });

  it('that is cut off gives what is whole and says that something is missing', () => {
    for (const whole of [pcapng(frames), pcap(frames)]) {
      for (let length = 1; length < whole.length; length++) {
        const { frames: found, summary } = read(whole.subarray(0, length));
        expect(found.map(({ hex }) => hex)).to.deep.equal(expected.slice(0, found.length).map(({ hex }) => hex));
        const ended =
          summary.problems.size > 0 ||
          summary.interfaces.some(({ received }) => received === null) ||
          summary.interfaces.length === 0;
        expect(ended, String(length)).to.equal(true);
      }
    }
  });

  it('that is none, is empty, or is damaged never throws', () => {
    expect([...read(new Uint8Array()).summary.problems.keys()]).to.deep.equal(['an empty file']);
    expect([...read(Buffer.from('GIF89a, and more')).summary.problems.keys()]).to.deep.equal([
      'a file that is no capture',
    ]);
    const flip = fc.record({ at: fc.nat(400), value: fc.nat(255) });
    const base = fc.constantFrom(pcapng(frames), pcapng(frames, { little: false }), pcap(frames));
    fc.assert(
      fc.property(base, fc.array(flip, { minLength: 1, maxLength: 8 }), (whole, flips) => {
        const bytes = Buffer.from(whole);
        for (const { at, value } of flips) bytes[at % bytes.length] = value;
        const { frames: found, summary } = read(bytes);
        expect(summary.frames).to.equal(found.length);
      }),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void read(bytes)));
  });
});
