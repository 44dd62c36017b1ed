import { expect } from 'chai';
import fc from 'fast-check';
import { parseDnsMessage } from '../../src/formats/dns.ts';

interface Record {
  readonly name: readonly string[];
  readonly type: number;
  readonly data: Buffer;
}

const encodeName = (labels: readonly string[]): Buffer =>
  Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);

const words = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, index) => bytes.writeUInt16BE(value, 2 * index));
  return bytes;
};

const encode = (flags: number, question: Omit<Record, 'data'>, answers: readonly Record[]): Buffer =>
  Buffer.concat([
    words(0xbeef, flags, 1, answers.length, 0, 0),
    encodeName(question.name),
    words(question.type, 1),
    ...answers.map(({ name, type, data }) =>
      Buffer.concat([encodeName(name), words(type, 1, 0, 60, data.length), data]),
    ),
  ]);

const label = fc.stringMatching(/^[a-z0-9_-]{1,20}$/);
const name = fc.array(label, { minLength: 1, maxLength: 5 });
const address = fc.uint8Array({ minLength: 4, maxLength: 4 });

const c2 = { name: ['c2', 'lab'], type: 1 };

describe('a DNS message', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(name, fc.array(fc.tuple(name, address), { maxLength: 4 }), (asked, found) => {
        const answers = found.map(([owner, data]) => ({ name: owner, type: 1, data: Buffer.from(data) }));
        const message = parseDnsMessage(encode(0x8180, { name: asked, type: 28 }, answers));
        expect(message?.questions).to.deep.equal([{ name: asked.join('.'), type: 'AAAA' }]);
        expect(message?.answers.map(({ name: owner, type, data }) => [owner, type, data])).to.deep.equal(
          found.map(([owner, data]) => [owner.join('.'), 'A', data.join('.')]),
        );
      }),
    );
  });

  it('is null, and never an error, when its bytes are anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const message = parseDnsMessage(bytes);
        expect(message === null || message.questions.length >= 0).to.equal(true);
      }),
    );
  });

  it('is null when it is cut anywhere', () => {
    const whole = encode(0x8180, c2, [{ ...c2, data: Buffer.from([10, 0, 0, 1]) }]);
    for (let length = 0; length < whole.length; length++) {
      expect(parseDnsMessage(whole.subarray(0, length)), `${length} bytes`).to.equal(null);
    }
    expect(parseDnsMessage(whole)?.answers[0]?.data).to.equal('10.0.0.1');
  });

  it('may point back to a name, and never in a circle', () => {
    const header = words(1, 0x8180, 1, 1, 0, 0);
    const question = Buffer.concat([encodeName(['www', 'lab']), words(5, 1)]);
    const answer = (pointer: number): Buffer => Buffer.concat([words(0xc00c, 5, 1, 0, 60, 2), words(pointer)]);
    expect(parseDnsMessage(Buffer.concat([header, question, answer(0xc010)]))?.answers).to.deep.equal([
      { name: 'www.lab', type: 'CNAME', ttl: 60, data: 'lab' },
    ]);
    const itself = header.length + question.length;
    const circle = Buffer.concat([header, question, words(0xc000 | itself, 5, 1, 0, 60, 2), words(0xc010)]);
    expect(parseDnsMessage(circle)).to.equal(null);
  });

  it('keeps a dot inside a label apart from the dots between labels', () => {
    const dotted = encode(0x0100, { name: ['a.b', 'lab'], type: 1 }, []);
    expect(parseDnsMessage(dotted)?.questions[0]?.name).to.equal('a\\.b.lab');
    const control = encode(0x0100, { name: ['a\n\x1b', 'lab'], type: 1 }, []);
    expect(parseDnsMessage(control)?.questions[0]?.name).to.equal('a\\010\\027.lab');
  });

  it('names its response code, its direction and whether it was cut short', () => {
    const nothing = parseDnsMessage(encode(0x8383, c2, []));
    expect(nothing).to.include({
      id: 0xbeef,
      isResponse: true,
      isTruncated: true,
      responseCode: 'NXDOMAIN',
      opcode: 0,
    });
    expect(parseDnsMessage(encode(0x0100, c2, []))).to.include({ isResponse: false, isTruncated: false });
    expect(parseDnsMessage(encode(0x818f, c2, []))?.responseCode).to.equal('RCODE15');
  });

  it('shows the data of each type as dig does', () => {
    const shown = (type: number, data: Buffer): string | undefined =>
      parseDnsMessage(encode(0x8180, c2, [{ ...c2, type, data }]))?.answers[0]?.data;
    const v6 = (...groups: number[]): Buffer => words(...groups);
    expect(shown(28, v6(0x2001, 0xdb8, 0, 0, 1, 0, 0, 0))).to.equal('2001:db8:0:0:1::');
    expect(shown(28, v6(0, 0, 0, 0, 0, 0, 0, 1))).to.equal('::1');
    expect(shown(28, v6(0x2001, 0xdb8, 0, 1, 1, 1, 1, 1))).to.equal('2001:db8:0:1:1:1:1:1');
    expect(shown(28, v6(0x10, 0, 0, 0x20, 0, 0, 0, 5))).to.equal('10:0:0:20::5');
    expect(shown(15, Buffer.concat([words(10), encodeName(['mx', 'lab'])]))).to.equal('10 mx.lab');
    expect(shown(33, Buffer.concat([words(1, 2, 443), encodeName(['s', 'lab'])]))).to.equal('1 2 443 s.lab');
    expect(shown(16, Buffer.from('\x02ab\x01c', 'latin1'))).to.equal('abc');
    expect(shown(99, Buffer.from([1, 171]))).to.equal('01ab');
    expect(shown(1, Buffer.from([1, 2]))).to.equal('0102');
  });
});
