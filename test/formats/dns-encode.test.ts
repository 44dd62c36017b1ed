import { expect } from 'chai';
import fc from 'fast-check';
import { parseDnsMessage, responseCodes } from '../../src/formats/dns.ts';
import { encodeDnsData, encodeDnsMessage, encodeDnsName } from '../../src/formats/dns-encode.ts';

const label = fc.stringMatching(/^[a-zA-Z0-9_-]{1,20}$/);
const name = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));
const ttl = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const octet = fc.integer({ min: 0, max: 255 });
const text = fc.stringMatching(/^[ -~]{0,600}$/);

const record = fc.oneof(
  fc.tuple(octet, octet, octet, octet).map((octets) => ({ type: 'A', data: octets.join('.') })),
  name.map((data) => ({ type: 'CNAME', data })),
  name.map((data) => ({ type: 'NS', data })),
  name.map((data) => ({ type: 'PTR', data })),
  fc.tuple(fc.integer({ min: 0, max: 65_535 }), name).map(([n, host]) => ({ type: 'MX', data: `${n} ${host}` })),
  text.map((data) => ({ type: 'TXT', data })),
);

const answer = fc.tuple(name, ttl, record).map(([owner, seconds, one]) => ({ name: owner, ttl: seconds, ...one }));

describe('a DNS message that we write', () => {
  it('is read back as it was meant', () => {
    const draft = fc.record({
      id: fc.integer({ min: 0, max: 65_535 }),
      isResponse: fc.boolean(),
      opcode: fc.integer({ min: 0, max: 15 }),
      isAuthoritative: fc.boolean(),
      isTruncated: fc.boolean(),
      wantsRecursion: fc.boolean(),
      responseCode: fc.constantFrom(...responseCodes),
      questions: fc.array(fc.record({ name, type: fc.constantFrom('A', 'AAAA', 'TXT', 'TYPE4711') }), { maxLength: 2 }),
      answers: fc.array(answer, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(draft, (wanted) => {
        const bytes = encodeDnsMessage(wanted);
        expect(bytes === null ? null : parseDnsMessage(bytes)).to.deep.equal(wanted);
      }),
    );
  });

  it('holds the names that were read from others, whatever bytes were in their labels', () => {
    const labels = fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(labels, (parts) => {
        const wire = Uint8Array.from([...parts.flatMap((part) => [part.length, ...part]), 0]);
        const question = Buffer.concat([
          Buffer.from([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
          wire,
          Buffer.from([0, 1, 0, 1]),
        ]);
        const shown = parseDnsMessage(question)?.questions[0]?.name ?? '';
        expect(Buffer.from(encodeDnsName(shown) ?? [])).to.deep.equal(Buffer.from(wire));
      }),
    );
  });

  it('tells the dot of the root from one that ends the last label', () => {
    expect(encodeDnsName('\\.')).to.deep.equal(Uint8Array.of(1, 46, 0));
    expect(encodeDnsName('a\\\\.')).to.deep.equal(Uint8Array.of(2, 97, 92, 0));
  });

  it('is null when a name does not fit into a message', () => {
    for (const bad of ['a..b', '.a', `${'a'.repeat(64)}.b`, Array(64).fill('abc').join('.'), 'ü.example'])
      expect(encodeDnsName(bad), bad).to.equal(null);
    expect(encodeDnsName('.')).to.deep.equal(Uint8Array.of(0));
  });

  it('is null when data is not of its type', () => {
    for (const [type, data] of [
      ['A', '203.0.113.256'],
      ['A', '::1'],
      ['AAAA', '203.0.113.1'],
      ['AAAA', '::ffff:203.0.113.1'],
      ['MX', 'mail.example'],
      ['MX', '70000 mail.example'],
      ['SOA', 'x'],
    ] as const)
      expect(encodeDnsData(type, data), `${type} ${data}`).to.equal(null);
    expect(encodeDnsMessage({ id: 1, isResponse: false, questions: [{ name: 'a.b', type: 'NONE' }] })).to.equal(null);
  });

  it('writes IPv6 addresses with and without a gap', () => {
    const shown = (data: string): string | undefined => {
      const bytes = encodeDnsMessage({
        id: 1,
        isResponse: true,
        questions: [],
        answers: [{ name: 'a.b', type: 'AAAA', ttl: 1, data }],
      });
      return bytes === null ? undefined : parseDnsMessage(bytes)?.answers[0]?.data;
    };
    for (const address of ['::', '::1', '2001:db8::', '2001:db8:0:1:1:1:1:1', '1:2:3:4:5:6:7:8'])
      expect(shown(address)).to.equal(address);
  });
});
