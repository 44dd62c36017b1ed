import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createAuthority } from '../../../src/lab/tls/authority.ts';
import { startProxy, type ProxyEntry, type ProxyServer } from '../../../src/services/proxy/server.ts';
import { runCurl } from '../../../src/windows/curl/run-curl.ts';
import { createDnsClient } from '../../../src/windows/dns/client.ts';
import type { HttpRequest } from '../../../src/windows/powershell/http/client.ts';
import { createPooledClient } from '../../../src/windows/powershell/http/pooled-client.ts';

const authority = createAuthority(Date.now() * 1000);
const { certificate: cert, key } = authority.issue(['localhost', '127.0.0.1']);

describe("the persona's HTTP", () => {
  const servers: Server[] = [];
  const seen: IncomingMessage[] = [];
  const log: ProxyEntry[] = [];
  let [plain, secure, through] = ['', '', ''];
  let proxy: ProxyServer;

  before(async () => {
    const answer = (request: IncomingMessage, response: { end(text: string): unknown }): void => {
      seen.push(request);
      response.end('content');
    };
    for (const server of [createHttpServer(answer), createHttpsServer({ cert, key }, answer)]) {
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    }
    const [http, https] = servers.map((server) => (server.address() as AddressInfo).port);
    [plain, secure] = [`http://127.0.0.1:${http}/a?b`, `https://127.0.0.1:${https}/a?b`];
    proxy = await startProxy('127.0.0.1', 0, { relayed: () => undefined, finished: (entry) => log.push(entry) });
    through = `http://127.0.0.1:${proxy.port}`;
  });

  after(async () => {
    await proxy[Symbol.asyncDispose]();
    for (const server of servers) server.close();
  });

  const send = async (fields: Partial<HttpRequest> & { readonly url: URL }, times = 1): Promise<string> => {
    const dns = createDnsClient({ server: null, hosts: new Map(), eventLog: null, random: () => 0.5 });
    const client = createPooledClient(dns);
    const request = { method: 'GET', headers: [], body: null, timeout: 5000, redirections: 0, ...fields };
    try {
      let body = '';
      for (let count = 0; count < times; count += 1) body = String(Buffer.from((await client.send(request)).body));
      return body;
    } finally {
      await client.close();
    }
  };

  const failure = (fields: Partial<HttpRequest> & { readonly url: URL }): Promise<string> =>
    send(fields).catch((error: Error & { status?: string }) => `${error.status}: ${error.message}`);

  it('asks a proxy for the whole URL, and says that to it which is for it', async () => {
    expect(await send({ url: new URL(plain), proxy: new URL(through) })).to.equal('content');
    expect(seen.at(-1)?.url).to.equal('/a?b');
    expect(log.at(-1)).to.include({ method: 'GET', target: plain, status: 200 });
  });

  it('opens one tunnel for all requests to a server, with TLS to the server inside', async () => {
    const before = log.length;
    expect(await send({ url: new URL(secure), proxy: new URL(through), insecure: true }, 3)).to.equal('content');
    while (log.length === before) await new Promise(setImmediate);
    expect(log.slice(before).map(({ method, target }) => `${method} ${target}`)).to.deep.equal([
      `CONNECT ${new URL(secure).host}`,
    ]);
  });

  it('trusts nobody whom the host does not trust, with a proxy and without', async () => {
    for (const way of [{}, { proxy: new URL(through) }])
      expect(await failure({ url: new URL(secure), ...way })).to.match(/^TrustFailure/);
  });

  it('says what a proxy refused, that it is not there, that it has no name', async () => {
    const url = new URL('https://127.0.0.1:1/');
    expect(await failure({ url, proxy: new URL(through) })).to.equal(
      'ProtocolError: The remote server returned an error: (502) Bad Gateway.',
    );
    expect(await failure({ url, proxy: new URL('http://127.0.0.1:1') })).to.match(/^ConnectFailure/);
    expect(await failure({ url, proxy: new URL('http://nowhere.example:3128') })).to.equal(
      "ProxyNameResolutionFailure: The proxy name could not be resolved: 'nowhere.example'",
    );
  });

  it('is what curl -x and -k mean, in words and codes of curl', async () => {
    const curl = async (...args: string[]): Promise<string> => {
      const dns = createDnsClient({ server: null, hosts: new Map(), eventLog: null, random: () => 0.5 });
      const http = createPooledClient(dns, { greets: false });
      let said = '';
      const write = (text: string | Uint8Array): void => void (said += Buffer.from(text as string).toString());
      const code = await runCurl(args, { http, drive: '/', folder: 'C:\\', out: write, error: write });
      await http.close();
      return `${code} ${said}`.trim();
    };
    expect(await curl('-sk', '-x', through, secure)).to.equal('0 content');
    expect(await curl('-s', '-x', `127.0.0.1:${proxy.port}`, plain)).to.equal('0 content');
    expect(await curl('-sS', '-x', through, secure)).to.match(/^60 curl: \(60\)/);
    expect(await curl('-x', through, 'https://127.0.0.1:1/')).to.equal(
      '56 curl: (56) CONNECT tunnel failed, response 502',
    );
    expect(await curl('-x', 'nowhere.example', plain)).to.equal('5 curl: (5) Could not resolve proxy: nowhere.example');
  });
});
