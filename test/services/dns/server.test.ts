import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseDnsMessage, type DnsMessage } from '../../../src/formats/dns.ts';
import { encodeDnsMessage } from '../../../src/formats/dns-encode.ts';
import { datagramLimit, respond } from '../../../src/services/dns/respond.ts';
import { startDnsServer, type DnsServer, type ServedQuery } from '../../../src/services/dns/server.ts';
import { createZones } from '../../../src/services/dns/zones.ts';

const many = Array.from({ length: 60 }, (_, index) => `many.lab.example A 203.0.113.${index}`);

const zones = createZones('lab.example', ['c2.lab.example A 203.0.113.10', ...many].join('\n'));

const question = (name: string, type = 'A', more = {}): Uint8Array =>
  encodeDnsMessage({ id: 0xbeef, isResponse: false, questions: [{ name, type }], ...more }) ?? new Uint8Array();

const answerTo = (request: Uint8Array): DnsMessage | null => {
  const { bytes } = respond(request, zones, datagramLimit);
  return bytes === null ? null : parseDnsMessage(bytes);
};

describe("a name server's responses", () => {
  it('repeat the question, its id and its wish for recursion', () => {
    expect(answerTo(question('c2.lab.example', 'A', { wantsRecursion: true }))).to.deep.equal({
      id: 0xbeef,
      isResponse: true,
      opcode: 0,
      isAuthoritative: true,
      wantsRecursion: true,
      isTruncated: false,
      responseCode: 'NOERROR',
      questions: [{ name: 'c2.lab.example', type: 'A' }],
      answers: [{ name: 'c2.lab.example', type: 'A', ttl: 300, data: '203.0.113.10' }],
    });
    expect(answerTo(question('c3.lab.example'))).to.include({ responseCode: 'NXDOMAIN' });
  });

  it('are cut short where they do not fit', () => {
    const { bytes } = respond(question('many.lab.example'), zones, datagramLimit);
    expect(bytes?.length).to.be.at.most(datagramLimit);
    expect(answerTo(question('many.lab.example'))).to.deep.include({ isTruncated: true, answers: [] });
  });

  it('say what was not understood, and never answer an answer', () => {
    expect(answerTo(question('c2.lab.example', 'A', { opcode: 5 }))).to.include({ responseCode: 'NOTIMP', opcode: 5 });
    const twice = { questions: [1, 2].map(() => ({ name: 'c2.lab.example', type: 'A' })) };
    expect(answerTo(question('', 'A', twice))).to.include({ responseCode: 'FORMERR' });
    expect(answerTo(question('', 'A', { questions: [] }))).to.include({ responseCode: 'FORMERR' });
    expect(answerTo(question('c2.lab.example').subarray(0, 20))).to.include({ responseCode: 'FORMERR', id: 0xbeef });
    expect(answerTo(question('c2.lab.example', 'A', { isResponse: true }))).to.equal(null);
    expect(answerTo(Buffer.from('short'))).to.equal(null);
  });

  it('come for any bytes: a whole message or nothing, within the limit, with an entry in the log', () => {
    const damaged = fc
      .tuple(
        fc.constantFrom(question('c2.lab.example'), question('many.lab.example')),
        fc.nat(40),
        fc.nat(255),
        fc.nat(40),
      )
      .map(([whole, at, byte, cut]) => {
        const bytes = Uint8Array.from(whole);
        bytes[at % bytes.length] = byte;
        return bytes.subarray(0, bytes.length - (cut > 20 ? 0 : cut));
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), damaged), (bytes) => {
        const response = respond(bytes, zones, datagramLimit);
        if (response.bytes !== null) {
          expect(parseDnsMessage(response.bytes)?.isResponse).to.equal(true);
          expect(response.bytes.length).to.be.at.most(datagramLimit);
        }
        expect(response.log.outcome).to.be.oneOf(['NOERROR', 'NXDOMAIN', 'FORMERR', 'NOTIMP', 'dropped']);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a name server', () => {
  let server: DnsServer;
  const log: ServedQuery[] = [];
  before(async () => (server = await startDnsServer('127.0.0.1', 0, zones, (query) => log.push(query))));
  beforeEach(() => void log.splice(0));
  after(() => server[Symbol.asyncDispose]());

  const overUdp = async (...datagrams: readonly Uint8Array[]): Promise<DnsMessage | null> => {
    const socket = createSocket('udp4');
    const answered = once(socket, 'message');
    for (const bytes of datagrams) socket.send(bytes, server.port, '127.0.0.1');
    const [bytes] = (await answered) as [Uint8Array];
    socket.close();
    return parseDnsMessage(bytes);
  };

  const framed = (bytes: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);

  it('answers datagrams, also after one that is garbage', async () => {
    const garbage = Buffer.from('GET / HTTP/1.1\r\n\r\n'.slice(0, 11));
    expect(await overUdp(garbage, question('c2.lab.example'))).to.include({ responseCode: 'NOERROR' });
    expect(log.map(({ client, name, outcome }) => [client.transport, name, outcome])).to.deep.equal([
      ['udp', null, 'dropped'],
      ['udp', 'c2.lab.example', 'NOERROR'],
    ]);
    expect(log[0]?.client.ip).to.equal('127.0.0.1');
  });

  it('answers whole on a connection, in whatever pieces the question comes', async () => {
    const socket = connect(server.port, '127.0.0.1');
    const received: Buffer[] = [];
    socket.on('data', (chunk) => received.push(chunk));
    for (const byte of framed(question('many.lab.example'))) socket.write(Uint8Array.of(byte));
    while (
      Buffer.concat(received).length < 2 ||
      Buffer.concat(received).length < 2 + Buffer.concat(received).readUInt16BE(0)
    )
      await once(socket, 'data');
    socket.destroy();
    const message = parseDnsMessage(Buffer.concat(received).subarray(2));
    expect([message?.isTruncated, message?.answers.length]).to.deep.equal([false, 60]);
    expect(log).to.have.length(1);
    expect(log[0]).to.include({ answers: 60 });
    expect(log[0]?.client.transport).to.equal('tcp');
  });

  it('closes a connection that brings garbage', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(framed(Buffer.from('no DNS')));
    await once(socket.resume(), 'close');
    expect(log.map(({ outcome }) => outcome)).to.deep.equal(['dropped']);
  });
});
