import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { HandoverStatement, LogRecord } from '../../../src/model/in-host.ts';
import { answerOf } from '../../../src/windows/bits/client.ts';
import { createBits } from '../../../src/windows/bits/service/bits.ts';
import { createBitsLog } from '../../../src/windows/bits/service/log.ts';
import { createBitsNetwork } from '../../../src/windows/bits/service/network.ts';
import { runBitsadmin } from '../../../src/windows/bitsadmin/run-bitsadmin.ts';
import { createDnsClient } from '../../../src/windows/dns/client.ts';
import { WindowsEnvironment } from '../../../src/windows/os/environment.ts';
import type { ServiceEventLog } from '../../../src/windows/os/event-log.ts';
import { NotImplemented } from '../../../src/windows/os/not-implemented.ts';

/** bitsadmin and the service behind it, which downloads from a server of this process to a drive of the test's. */
describe('bitsadmin', () => {
  let server: Server;
  let drive: string;
  let url: string;
  let peer: string;
  let records: Omit<LogRecord, 'pid' | 'timeMicros'>[];
  let statements: HandoverStatement[];
  let later: { readonly milliseconds: number; readonly act: () => void }[];
  let bitsadmin: (...args: readonly string[]) => Promise<{ readonly code: number; readonly out: string }>;
  const seen: (string | undefined)[][] = [];

  before(async () => {
    server = createServer(({ method, url: path, headers }, response) => {
      seen.push([method, path, headers['user-agent'], headers.range]);
      if (path === '/no.exe') response.writeHead(404).end();
      else if (path === '/plain.exe' || headers.range === undefined)
        response.writeHead(200, { 'Content-Length': 7 }).end(method === 'HEAD' ? undefined : 'payload');
      else response.writeHead(206, { 'Content-Range': 'bytes 0-6/7' }).end('payload');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    url = `http://127.0.0.1:${port}`;
    peer = `127.0.0.1 ${port}`;
  });
  after(() => server.close());

  beforeEach(() => {
    drive = mkdtempSync(join(tmpdir(), 'tocsin-bits-'));
    mkdirSync(join(drive, 'Work'));
    [records, statements, later] = [[], [], []];
    seen.splice(0);
    const eventLog: ServiceEventLog = {
      write: (record) => Promise.resolve(void records.push(record)),
      handOver: (statement) => Promise.resolve(void statements.push(statement)),
      close: () => undefined,
    };
    let ids = 0;
    const bits = createBits({
      drive,
      eventLog,
      environment: new WindowsEnvironment({}),
      log: createBitsLog(eventLog),
      network: createBitsNetwork({
        eventLog,
        nameServer: null,
        dns: () => createDnsClient({ server: null, hosts: new Map(), eventLog: null, random: Math.random }),
      }),
      now: () => Date.UTC(2026, 10, 20),
      uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
      random: () => 0.5,
      programOf: () => 'C:\\Windows\\System32\\bitsadmin.exe',
      later: (milliseconds, act) => {
        later.push({ milliseconds, act });
        return () => undefined;
      },
    });
    const caller = { pid: 77, user: 'LAB\\analyst', marker: null };
    bitsadmin = async (...args) => {
      let out = '';
      const code = await runBitsadmin(args, {
        bits: async (request) => answerOf(await bits.handle({ caller, request })),
        write: (text) => (out += text),
      });
      return { code, out: out.replaceAll('\r\n', '\n').replace(/^\nBITSADMIN[\s\S]*?cmdlets\.\n\n/, '') };
    };
  });
  afterEach(() => rmSync(drive, { recursive: true }));

  it('transfers a file: the service asks for its size, fetches a range, and names what has arrived', async () => {
    const run = await bitsadmin(
      '/Transfer',
      'job',
      '/Download',
      '/Priority',
      'Foreground',
      `${url}/a.exe`,
      'C:\\Work\\a.exe',
    );
    expect(run).to.deep.equal({ code: 0, out: '\nTransfer complete.\n' });
    expect(seen).to.deep.equal([
      ['HEAD', '/a.exe', 'Microsoft BITS/7.8', undefined],
      ['GET', '/a.exe', 'Microsoft BITS/7.8', 'bytes=0-6'],
    ]);
    expect(readFileSync(join(drive, 'Work/a.exe'), 'utf8')).to.equal('payload');
    expect(readdirSync(join(drive, 'Work'))).to.deep.equal(['a.exe']);
  });

  it('takes the first word for the name, as the test of Atomic Red Team needs that gives none', async () => {
    const args = ['/Download', '/priority', 'Foreground', `${url}/a.exe`, 'C:\\Work\\a.exe'];
    expect((await bitsadmin('/transfer', ...args)).code).to.equal(0);
    expect(records[0]?.data).to.include({ jobTitle: '/Download' });
  });

  it('says for whom the service connects and writes, before it does', async () => {
    await bitsadmin('/transfer', 'job', `${url}/a.exe`, 'C:\\Work\\a.exe');
    const said = statements.filter((statement) => !('client' in statement));
    const [resumed, completed] = [4, 5];
    expect(said).to.deep.equal([
      { request: resumed, peer },
      { request: resumed, file: join(drive, 'Work/BIT8000.tmp') },
      { request: resumed, peer },
      { request: completed, file: join(drive, 'Work/a.exe') },
    ]);
  });

  it('logs the job as the product does', async () => {
    await bitsadmin('/transfer', 'job', `${url}/a.exe`, 'C:\\Work\\a.exe');
    expect(records.map(({ eventId }) => eventId)).to.deep.equal([3, 59, 60, 4]);
    expect(records[0]?.data).to.include({ jobTitle: 'job', jobOwner: 'LAB\\analyst', processId: 77 });
    expect(records[2]?.data).to.include({
      name: 'job',
      url: `${url}/a.exe`,
      hr: 0,
      fileLength: 7,
      bytesTransferred: 7,
    });
    expect(records[3]?.data).to.include({ User: 'LAB\\analyst', fileCount: 1, bytesTransferred: 7 });
  });

  it('makes a job step by step, whose file has another name until the job is completed', async () => {
    expect((await bitsadmin('/create', 'job')).out).to.match(/^Created job \{[\dA-F-]{36}\}\.\n$/);
    expect((await bitsadmin('/resume', 'job')).out).to.match(/^Unable to resume job - 0x80200003\nThere are no files/);
    const added = await bitsadmin('/addfile', 'job', `${url}/a.exe`, 'C:\\Work\\a.exe');
    expect(added.out).to.equal(`Added ${url}/a.exe -> C:\\Work\\a.exe to job.\n`);
    expect((await bitsadmin('/info', 'job')).out).to.match(/ 'job' SUSPENDED 0 \/ 1 0 \/ UNKNOWN\n$/);
    expect((await bitsadmin('/resume', 'job')).out).to.equal('Job resumed.\n');
    while ((await bitsadmin('/getstate', 'job')).out !== 'TRANSFERRED\n') await new Promise(setImmediate);
    expect(readdirSync(join(drive, 'Work'))).to.deep.equal(['BIT8000.tmp']);
    expect((await bitsadmin('/list')).out).to.match(/ 'job' TRANSFERRED 1 \/ 1 7 \/ 7\nListed 1 job\(s\)\.\n$/);
    expect((await bitsadmin('/complete', 'job')).out).to.equal('Job completed.\n');
    expect(existsSync(join(drive, 'Work/a.exe'))).to.equal(true);
    expect((await bitsadmin('/list')).out).to.equal('Listed 0 job(s).\n');
  });

  it('says why a transfer failed, and leaves neither file nor job', async () => {
    const run = await bitsadmin('/transfer', 'job', `${url}/no.exe`, 'C:\\Work\\no.exe');
    expect(run.code).to.equal(0x8019_0194 | 0);
    expect(run.out).to.include(
      `ERROR FILE:    ${url}/no.exe -> C:\\Work\\no.exe\nERROR CODE:    0x80190194 - HTTP status 404`,
    );
    expect(readdirSync(join(drive, 'Work'))).to.deep.equal([]);
    expect((await bitsadmin('/list')).out).to.equal('Listed 0 job(s).\n');
    expect(records.map(({ eventId }) => eventId)).to.deep.equal([3, 61, 5]);
  });

  it('takes nothing from a server that knows no ranges', async () => {
    const { code } = await bitsadmin('/transfer', 'job', `${url}/plain.exe`, 'C:\\Work\\a.exe');
    expect(code).to.equal(0x8020_0013 | 0);
    expect(readdirSync(join(drive, 'Work'))).to.deep.equal([]);
  });

  it('tries again after ten minutes where nobody listens', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await bitsadmin('/create', 'job');
    await bitsadmin('/addfile', 'job', `http://127.0.0.1:${port}/a.exe`, 'C:\\Work\\a.exe');
    await bitsadmin('/resume', 'job');
    while ((await bitsadmin('/getstate', 'job')).out !== 'TRANSIENT_ERROR\n') await new Promise(setImmediate);
    expect(later.map(({ milliseconds }) => milliseconds)).to.deep.equal([600_000]);
    expect((await bitsadmin('/cancel', 'job')).out).to.equal('Job canceled.\n');
  });

  it('refuses what the service refuses, in its words', async () => {
    const run = await bitsadmin('/transfer', 'job', `${url}/a.exe`, 'C:\\Nowhere\\a.exe');
    expect(run.out).to.equal('Unable to add file - 0x80070003\nThe system cannot find the path specified.\n');
    expect((await bitsadmin('/complete', 'none')).out).to.equal('Unable to find job named "none".\n');
  });

  it('fails loudly at what the persona does not do', async () => {
    for (const args of [['/reset'], ['/transfer', 'job', '/upload', url, 'C:\\Work\\a'], ['/list', '/verbose'], []]) {
      const failure: unknown = await bitsadmin(...args).catch((error: unknown) => error);
      expect(failure, args.join(' ')).to.be.instanceOf(NotImplemented);
    }
  });
});
