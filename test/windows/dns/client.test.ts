import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect } from 'chai';
import { parseDnsMessage, type DnsMessage } from '../../../src/formats/dns.ts';
import { encodeDnsMessage, type DnsDraft } from '../../../src/formats/dns-encode.ts';
import type { LogRecord } from '../../../src/model/in-host.ts';
import { createDnsClient, type DnsClient } from '../../../src/windows/dns/client.ts';
import { exchange, type NameServer } from '../../../src/windows/dns/exchange.ts';
import { nameServer, parseHosts } from '../../../src/windows/dns/host-client.ts';
import { NotImplemented } from '../../../src/windows/os/not-implemented.ts';
import { serveNames, type Names } from '../support/serve-names.ts';

describe("the persona's DNS client", () => {
  let names: Names;
  const records: Omit<LogRecord, 'pid' | 'timeMicros'>[] = [];
  let client: DnsClient;

  before(async () => {
    const many = Array.from({ length: 60 }, (_, index) => `many.lab.example A 203.0.113.${index}`).join('\n');
    names = await serveNames(
      'lab.example',
      `c2.lab.example A 203.0.113.10\nwww.lab.example CNAME c2.lab.example\n${many}`,
    );
    client = createDnsClient({
      server: names,
      hosts: new Map([['localhost', ['127.0.0.1']]]),
      eventLog: {
        write: (record) => {
          records.push(record);
          return Promise.resolve();
        },
        close: () => undefined,
      },
      random: Math.random,
    });
  });
  beforeEach(() => {
    records.splice(0);
    names.queries.splice(0);
  });
  after(() => names.close());

  it('finds addresses, with one question, and logs it', async () => {
    expect((await client.addresses('www.lab.example')).addresses).to.deep.equal(['203.0.113.10']);
    expect(names.queries.map(({ name, type }) => [name, type])).to.deep.equal([['www.lab.example', 'A']]);
    expect(records).to.deep.equal([
      {
        channel: 'Microsoft-Windows-DNS-Client/Operational',
        provider: 'Microsoft-Windows-DNS-Client',
        eventId: 3008,
        data: {
          QueryName: 'www.lab.example',
          QueryType: 1,
          QueryStatus: 0,
          QueryResults: 'type:  5 c2.lab.example;::ffff:203.0.113.10;',
        },
      },
    ]);
  });

  it('logs what is not found, and what has no such record, with their numbers', async () => {
    expect(await client.query('c3.lab.example', 'A')).to.deep.equal({ status: 9003, answers: [] });
    expect(await client.query('c2.lab.example', 'AAAA')).to.deep.equal({ status: 9501, answers: [] });
    expect(records.map(({ data }) => [data['QueryType'], data['QueryStatus'], data['QueryResults']])).to.deep.equal([
      [1, 9003, ''],
      [28, 9501, ''],
    ]);
  });

  it('asks again on a connection where the answer did not fit', async () => {
    expect((await client.addresses('many.lab.example')).addresses).to.have.length(60);
    expect(names.queries.map(({ client }) => client.transport)).to.deep.equal(['udp', 'tcp']);
  });

  it('asks nobody for addresses and for what the hosts file has', async () => {
    expect((await client.addresses('203.0.113.99')).addresses).to.deep.equal(['203.0.113.99']);
    expect((await client.addresses('LocalHost')).addresses).to.deep.equal(['127.0.0.1']);
    expect([names.queries, records]).to.deep.equal([[], []]);
  });

  it('says that it cannot look up a name of one label', async () => {
    const failure: unknown = await client.addresses('fileserver').catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(NotImplemented);
  });
});

describe('a question to a name server', () => {
  const asked = { name: 'c2.lab.example', type: 'A', id: 7 };

  /** Answers each request with what `answers` makes of it. */
  const withServer = async <T>(
    answers: (request: DnsMessage) => readonly Partial<DnsDraft>[],
    run: (server: NameServer) => Promise<T>,
  ): Promise<T> => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.on('message', (bytes, peer) => {
      const request = parseDnsMessage(bytes);
      if (request === null) return;
      const { id, questions } = request;
      for (const draft of answers(request))
        socket.send(encodeDnsMessage({ id, isResponse: true, questions, ...draft }) ?? '', peer.port, peer.address);
    });
    try {
      return await run({ address: '127.0.0.1', port: socket.address().port });
    } finally {
      socket.close();
    }
  };

  it('takes no answer with another id, to another question, or that is a question', async () => {
    const answer = await withServer(
      () => [
        { id: 8, responseCode: 'SERVFAIL' },
        { questions: [{ name: 'other.example', type: 'A' }], responseCode: 'SERVFAIL' },
        { isResponse: false, responseCode: 'SERVFAIL' },
        { responseCode: 'NXDOMAIN' },
      ],
      (server) => exchange(server, asked),
    );
    expect(answer?.responseCode).to.equal('NXDOMAIN');
  });

  it('is asked again while nobody answers, and given up in the end', async () => {
    let count = 0;
    const again = await withServer(
      () => ((count += 1) < 3 ? [] : [{ responseCode: 'REFUSED' }]),
      (server) => exchange(server, asked, { again: [5, 10, 15], giveUp: 5000 }),
    );
    expect([again?.responseCode, count]).to.deep.equal(['REFUSED', 3]);
    const never = await withServer(
      () => [],
      (server) => exchange(server, asked, { again: [2], giveUp: 10 }),
    );
    expect(never).to.equal(null);
  });

  it('is not asked when no message can hold it', async () => {
    expect(await exchange({ address: '127.0.0.1', port: 9 }, { ...asked, name: 'a..b' })).to.equal(null);
  });
});

describe("the host's own settings", () => {
  it('name a server', () => {
    expect(nameServer('# x\nnameserver 10.1.0.53\nnameserver 10.1.0.54\n')).to.deep.equal({
      address: '10.1.0.53',
      port: 53,
    });
    expect(nameServer('')).to.equal(null);
  });

  it('have names of their own', () => {
    expect([...parseHosts('127.0.0.1\tlocalhost # me\n::1 localhost\n10.0.0.5 A b\n10.0.0.6 a\n')]).to.deep.equal([
      ['localhost', ['127.0.0.1']],
      ['a', ['10.0.0.5', '10.0.0.6']],
      ['b', ['10.0.0.5']],
    ]);
  });
});
