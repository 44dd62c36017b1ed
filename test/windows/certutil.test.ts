import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCertutil } from '../../src/windows/certutil/run-certutil.ts';
import { cacheName, metaData } from '../../src/windows/certutil/url-cache.ts';
import { createDnsClient } from '../../src/windows/dns/client.ts';
import { WindowsEnvironment } from '../../src/windows/os/environment.ts';
import { NotImplemented } from '../../src/windows/os/not-implemented.ts';
import { createPooledClient } from '../../src/windows/powershell/http/pooled-client.ts';

describe('certutil -urlcache', () => {
  let server: Server;
  let folder: string;
  let url: string;
  const seen: (string | undefined)[][] = [];
  const connections = new Set<number | undefined>();

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-certutil-'));
    mkdirSync(join(folder, 'Work'));
    server = createServer((request, response) => {
      seen.push([request.method, request.url, request.headers['user-agent'], request.headers['cache-control']]);
      connections.add(request.socket.remotePort);
      response.statusCode = request.url === '/no.exe' ? 404 : 200;
      response.end('payload');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    seen.splice(0);
    connections.clear();
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const run = async (
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly said: readonly string[] }> => {
    const dns = createDnsClient({ server: null, hosts: new Map(), eventLog: null, random: Math.random });
    const http = [createPooledClient(dns), createPooledClient(dns)] as const;
    let said = '';
    try {
      const code = await runCertutil(args, {
        http,
        drive: folder,
        location: 'C:\\Work',
        environment: new WindowsEnvironment({ USERPROFILE: 'C:\\Users\\analyst' }),
        now: () => Date.UTC(2026, 10, 20),
        write: (text) => (said += text),
      });
      return { code, said: said.trimEnd().split('\r\n') };
    } finally {
      await Promise.all(http.map((client) => client.close()));
    }
  };

  const cached = (kind: string, address: string): string =>
    join(folder, 'Users/analyst/AppData/LocalLow/Microsoft/CryptnetUrlCache', kind, cacheName(address));

  it('fetches the file twice, keeps it in the cache, and writes it where it is asked to', async () => {
    expect(await run('-urlcache', '-split', '-f', `${url}/a.exe`, 'C:\\Work\\b.exe')).to.deep.equal({
      code: 0,
      said: ['****  Online  ****', '  0000  ...', '  0007', 'CertUtil: -URLCache command completed successfully.'],
    });
    expect(seen).to.deep.equal([
      ['GET', '/a.exe', 'Microsoft-CryptoAPI/10.0', 'no-cache'],
      ['GET', '/a.exe', 'CertUtil URL Agent', 'no-cache'],
    ]);
    expect(connections.size).to.equal(2);
    for (const path of [join(folder, 'Work/b.exe'), cached('Content', `${url}/a.exe`)])
      expect(readFileSync(path, 'utf8')).to.equal('payload');
    expect(readFileSync(cached('MetaData', `${url}/a.exe`)).includes(Buffer.from(url, 'utf16le'))).to.equal(true);
  });

  it('takes options in any form and names the file after the URL', async () => {
    expect((await run('/f', '/URLCACHE', `${url}/c.exe`)).said).to.have.length(2);
    expect(readFileSync(join(folder, 'Work/c.exe'), 'utf8')).to.equal('payload');
  });

  it('writes nothing when nobody listens, and ends with the HRESULT', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    expect(await run('-urlcache', '-f', `http://127.0.0.1:${port}/d.exe`)).to.deep.equal({
      code: 0x8007_2efd | 0,
      said: [
        '****  Online  ****',
        'CertUtil: -URLCache command FAILED: 0x80072efd (WinHttp: 12029 ERROR_WINHTTP_CANNOT_CONNECT)',
        'CertUtil: A connection with the server could not be established',
      ],
    });
    expect(existsSync(join(folder, 'Work/d.exe'))).to.equal(false);
    expect(existsSync(cached('Content', `http://127.0.0.1:${port}/d.exe`))).to.equal(false);
  });

  it('says what the server said', async () => {
    expect(await run('-urlcache', '-f', `${url}/no.exe`)).to.deep.include({ code: -2_145_844_844 });
    expect((await run('-urlcache', '-f', `${url}/no.exe`)).said.at(-1)).to.equal('CertUtil: Not found (404).');
    const { said } = await run('-urlcache', '-f', 'http://nowhere.example/x.exe');
    expect(said[1]).to.include('0x80072ee7 (WinHttp: 12007 ERROR_WINHTTP_NAME_NOT_RESOLVED)');
  });

  it('fails loudly at anything else that certutil does', async () => {
    for (const args of [
      ['-decode', 'a', 'b'],
      ['-urlcache'],
      ['-urlcache', `${url}/a.exe`],
      ['-urlcache', '-f', 'x.exe'],
    ]) {
      const failure: unknown = await run(...args).catch((error: unknown) => error);
      expect(failure, args.join(' ')).to.be.instanceOf(NotImplemented);
    }
  });
});

describe("the URL cache's files", () => {
  it('are named as Windows names them', () => {
    // From "Certutil Artifacts Analysis" (A. Alfaifi), which shows this URL and the name of its file.
    const url = 'https://github.com/gentilkiwi/mimikatz/releases/download/2.2.0-20200816/mimikatz_trunk.7z';
    expect(cacheName(url)).to.equal('BC456035A9E2885290EDC953764CC761');
  });

  it('say when which URL was downloaded and how large it was', () => {
    const bytes = Buffer.from(metaData('http://a.b/c', 7, Date.UTC(1970, 0, 1)));
    expect(bytes.readBigUInt64LE(0x10)).to.equal(116_444_736_000_000_000n);
    expect(bytes.readUInt32LE(0x70)).to.equal(7);
    expect(bytes.subarray(0x74, 0x74 + bytes.readUInt32LE(0x0c)).toString('utf16le')).to.equal('http://a.b/c\0');
  });

  it('keep parts of a millisecond, which a clock that runs faster has', () => {
    const bytes = Buffer.from(metaData('http://a.b/c', 7, 1.5));
    expect(bytes.readBigUInt64LE(0x10)).to.equal(116_444_736_000_015_000n);
  });
});
