import { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseClientHello } from '../../src/formats/tls.ts';

/** What this Node's own TLS says first; no network is in it. */
const greeting = async (servername: string | undefined): Promise<Buffer> => {
  const said = Promise.withResolvers<Buffer>();
  const wire = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => {
      said.resolve(chunk);
      done();
    },
  });
  const client = connect({ socket: wire, ...(servername === undefined ? {} : { servername }) });
  client.on('error', () => undefined);
  const bytes = await said.promise;
  client.destroy();
  return bytes;
};

/** The same greeting, its handshake message cut into records of at most this size. */
const rerecorded = (hello: Buffer, size: number): Buffer => {
  const message = hello.subarray(5);
  const records: Buffer[] = [];
  for (let at = 0; at < message.length; at += size) {
    const part = message.subarray(at, at + size);
    records.push(Buffer.from([22, 3, 1, part.length >> 8, part.length & 255]), part);
  }
  return Buffer.concat(records);
};

describe('the greeting of a TLS client', () => {
  it('names the server', async () => {
    expect(parseClientHello(await greeting('Login.Example.COM'))).to.deep.equal({ serverName: 'login.example.com' });
  });

  it('may name none', async () => {
    expect(parseClientHello(await greeting(undefined))).to.deep.equal({ serverName: null });
  });

  it('may be spread over any number of records, and what follows it changes nothing', async () => {
    const hello = await greeting('a.example');
    for (const size of [1, 2, 3, 4, 5, 50, 400]) {
      const bytes = Buffer.concat([rerecorded(hello, size), Buffer.from([23, 3, 3, 0, 1, 0])]);
      expect(parseClientHello(bytes), String(size)).to.deep.equal({ serverName: 'a.example' });
    }
  });

  it('is not taken for one before it is whole', async () => {
    const hello = await greeting('a.example');
    for (let length = 0; length < hello.length; length++)
      expect(parseClientHello(hello.subarray(0, length))).to.equal('more');
  });

  it('is none when it is something else', () => {
    for (const text of [
      'GET / HTTP/1.1\r\n',
      '\x16\x02\x00',
      '\x15\x03\x03\x00\x02',
      '\x16\x03\x01\x00\x05\x02\x00\x00\x01\x00',
    ]) {
      expect(parseClientHello(Buffer.from(text, 'latin1'))).to.equal(null);
    }
  });

  it('never makes the reader throw', async () => {
    const hello = await greeting('a.example');
    const flip = fc.record({ at: fc.nat(hello.length), value: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(flip, { maxLength: 6 }), fc.nat(hello.length), (flips, kept) => {
        const bytes = Buffer.from(hello.subarray(0, kept));
        for (const { at, value } of flips) if (at < bytes.length) bytes[at] = value;
        parseClientHello(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});
