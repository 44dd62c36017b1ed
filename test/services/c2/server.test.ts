import { connect as connectTcp } from 'node:net';
import { once } from 'node:events';
import { request as requestHttps } from 'node:https';
import { expect } from 'chai';
import fc from 'fast-check';
import { createAuthority } from '../../../src/lab/tls/authority.ts';
import { createAnswers, createRandom, type Tasking } from '../../../src/services/c2/answer.ts';
import { readHostedFiles } from '../../../src/services/c2/files.ts';
import { startC2, type C2Entry, type C2Server } from '../../../src/services/c2/server.ts';
import { garbage, throwAt } from '../garbage.ts';

const tasking: Tasking = {
  files: readHostedFiles('/update.bin 4096\n/stage.ps1 "Write-Output hi"'),
  answer: '{"task":null,"sleep":{sleep}}',
  sleep: 60,
  jitter: 20,
  random: createRandom(1),
};

const authority = createAuthority(Date.now() * 1000);
const { certificate: cert, key } = authority.issue(['c2.example']);

describe('the command-and-control server', () => {
  let entries: C2Entry[];
  let server: C2Server;

  beforeEach(async () => {
    entries = [];
    const ports = { http: [0], https: [0], tcp: [0] };
    const options = { address: '127.0.0.1', ...ports, keepAlive: false, tls: { cert, key } };
    server = await startC2(options, createAnswers({ ...tasking, random: createRandom(1) }), (entry) =>
      entries.push(entry),
    );
  });

  afterEach(() => server[Symbol.asyncDispose]());

  const url = (path: string): string => `http://127.0.0.1:${server.ports[0]}${path}`;

  it('tells who checks in when to come again, within the jitter, and the same in every run', async () => {
    const sleeps: number[] = [];
    for (let count = 0; count < 5; count += 1)
      sleeps.push(((await (await fetch(url('/beacon'))).json()) as { sleep: number }).sleep);
    for (const sleep of sleeps) expect(sleep).to.be.within(48, 72);
    expect(new Set(sleeps).size).to.be.above(1);
    const again = createAnswers({ ...tasking, random: createRandom(1) });
    expect(sleeps.map(() => JSON.parse(String(again.toMessage())) as unknown)).to.deep.equal(
      sleeps.map((sleep) => ({ task: null, sleep })),
    );
  });

  it('hosts files', async () => {
    expect((await (await fetch(url('/update.bin?v=1'))).arrayBuffer()).byteLength).to.equal(4096);
    expect(await (await fetch(url('/stage.ps1'))).text()).to.equal('Write-Output hi');
    expect(entries.map(({ kind, sent }) => [kind, sent])).to.deep.equal([
      ['file', 4096],
      ['file', 15],
    ]);
  });

  it('hosts files by ranges, as BITS fetches them', async () => {
    const range = async (value: string): Promise<unknown[]> => {
      const answer = await fetch(url('/update.bin'), { headers: { range: value } });
      return [answer.status, answer.headers.get('content-range'), (await answer.arrayBuffer()).byteLength];
    };
    expect(await range('bytes=0-99')).to.deep.equal([206, 'bytes 0-99/4096', 100]);
    expect(await range('bytes=4000-')).to.deep.equal([206, 'bytes 4000-4095/4096', 96]);
    expect(await range('bytes=9000-9001')).to.deep.equal([200, null, 4096]);
    expect(entries.map(({ status, sent }) => [status, sent])).to.deep.equal([
      [206, 100],
      [206, 96],
      [200, 4096],
    ]);
  });

  it('logs a request before it answers: whose, for what, and how much came and went', async () => {
    const response = await fetch(url('/upload'), {
      method: 'POST',
      body: 'x'.repeat(1000),
      headers: { 'User-Agent': 'a' },
    });
    expect(entries).to.have.length(1);
    expect(entries[0]).to.deep.include({
      ...{ protocol: 'http', kind: 'upload', method: 'POST', path: '/upload', userAgent: 'a', status: 200 },
      ...{ received: 1000, sent: (await response.arrayBuffer()).byteLength, port: server.ports[0] },
    });
    expect(entries[0]?.client).to.deep.include({ ip: '127.0.0.1', transport: 'tcp' });
  });

  it('speaks HTTPS under the names that the lab vouches for', async () => {
    const asked = requestHttps({
      ...{ host: '127.0.0.1', port: server.ports[1], path: '/in', servername: 'c2.example', agent: false },
      ca: authority.certificate,
    });
    asked.end();
    await once(asked, 'response');
    asked.destroy();
    expect(entries[0]).to.include({ protocol: 'https', kind: 'check-in', serverName: 'c2.example' });
  });

  it('answers every piece of a connection that speaks no HTTP, and says when it began and when it was over', async () => {
    const socket = connectTcp(server.ports[2] ?? 0, '127.0.0.1');
    socket.write('whoami');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).to.match(/^\{"task":null,"sleep":[\d.]+\}\n$/);
    socket.end();
    await once(socket, 'close');
    while (entries.length < 2) await new Promise(setImmediate);
    expect(entries.map(({ kind, received, sent }) => [kind, received, sent])).to.deep.equal([
      ['connection', 0, 0],
      ['session', 6, answer.length],
    ]);
  });

  it('survives whatever is sent to any of its ports, and logs what it could not read', async () => {
    await fc.assert(
      fc.asyncProperty(garbage, fc.constantFrom(0, 1, 2), async (bytes, which) => {
        await throwAt(server.ports[which] ?? 0, bytes);
      }),
      { numRuns: 60 },
    );
    await throwAt(server.ports[0] ?? 0, Buffer.from('CONNEKT\r\n\r\n'));
    await throwAt(server.ports[1] ?? 0, Buffer.from('no TLS at all\r\n\r\n'));
    expect(entries.filter(({ kind }) => kind === 'malformed').map(({ protocol }) => protocol)).to.include.members([
      'http',
      'https',
    ]);
    expect((await fetch(url('/still-there'))).status).to.equal(200);
  });
});

describe('what a command-and-control server hosts', () => {
  it('is the same in every run', () => {
    const read = (): unknown => readHostedFiles('/a 100').get('/a');
    expect(read()).to.deep.equal(read());
  });

  it('is told with the line that makes no sense', () => {
    for (const line of ['update.bin 4096', '/a', '/a "unfinished', '/a 4 5', '/a 99999999'])
      expect(() => readHostedFiles(`/good 1\n${line}`), line).to.throw(`this is no hosted file: ${line}`);
  });
});
