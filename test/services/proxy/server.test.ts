import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import fc from 'fast-check';
import { startProxy, type ProxyEntry, type ProxyServer, type RelayEntry } from '../../../src/services/proxy/server.ts';
import { forwardedHeaders, parseAbsolute, parseAuthority } from '../../../src/services/proxy/target.ts';
import { garbage, throwAt } from '../garbage.ts';

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

describe('the forward proxy', () => {
  let finished: ProxyEntry[];
  let relayed: RelayEntry[];
  let proxy: ProxyServer;
  const servers: Server[] = [];

  beforeEach(async () => {
    [finished, relayed] = [[], []];
    proxy = await startProxy('127.0.0.1', 0, {
      finished: (entry) => finished.push(entry),
      relayed: (entry) => relayed.push(entry),
    });
  });

  afterEach(async () => {
    await proxy[Symbol.asyncDispose]();
    for (const server of servers.splice(0)) server.close();
  });

  const serve = async (server: Server): Promise<number> => {
    servers.push(server);
    return listen(server);
  };

  const openTunnel = async (target: string): Promise<{ status: number; socket: Socket }> => {
    const asked = request({ host: '127.0.0.1', port: proxy.port, method: 'CONNECT', path: target, agent: false });
    asked.end();
    const [response, socket, head] = (await once(asked, 'connect')) as [IncomingMessage, Socket, Buffer];
    socket.unshift(head);
    return { status: response.statusCode ?? 0, socket };
  };

  it('opens a tunnel to any server, and says which of its connections is for which client', async () => {
    const peers: number[] = [];
    const port = await serve(
      createTcpServer((socket) => {
        peers.push(socket.remotePort ?? 0);
        socket.pipe(socket);
      }),
    );
    const { status, socket } = await openTunnel(`127.0.0.1:${port}`);
    expect(status).to.equal(200);
    const [{ client, local, peer } = {} as RelayEntry] = relayed;
    expect([client.port, local.port, peer]).to.deep.equal([socket.localPort, peers[0], { ip: '127.0.0.1', port }]);
    socket.write('hello');
    expect(String(((await once(socket, 'data')) as [Buffer])[0])).to.equal('hello');
    socket.end();
    while (finished.length === 0) await new Promise(setImmediate);
    expect(finished[0]).to.include({
      ...{ method: 'CONNECT', target: `127.0.0.1:${port}`, host: '127.0.0.1', port },
      ...{ status: 200, sent: 5, received: 5 },
    });
  });

  it('forwards a request for an absolute URL, without what was said to the proxy', async () => {
    const seen: string[][] = [];
    const port = await serve(
      createServer((received, response) => {
        seen.push(received.rawHeaders);
        void text(received).then((body) => response.writeHead(201).end(`${received.url} ${body}`));
      }),
    );
    const asked = request({
      ...{ host: '127.0.0.1', port: proxy.port, method: 'POST', path: `http://127.0.0.1:${port}/a?b=c`, agent: false },
      headers: { 'User-Agent': 'curl/8', 'Proxy-Connection': 'Keep-Alive', 'Proxy-Authorization': 'Basic eA==' },
    });
    asked.end('body');
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    expect([response.statusCode, await text(response)]).to.deep.equal([201, '/a?b=c body']);
    expect(seen[0]?.join(' ')).to.include(`Host 127.0.0.1:${port}`).and.to.not.match(/proxy/i);
    expect(finished).to.have.length(1);
    expect(finished[0]).to.include({
      ...{ method: 'POST', status: 201, host: '127.0.0.1', port, userAgent: 'curl/8' },
      ...{ target: `http://127.0.0.1:${port}/a?b=c`, sent: 4, received: 11 },
    });
    expect(relayed.map(({ peer }) => peer.port)).to.deep.equal([port]);
  });

  it('says 502 where nobody listens, 400 to what is no target, and logs both', async () => {
    const port = await serve(createTcpServer());
    servers.pop()?.close();
    expect((await openTunnel(`127.0.0.1:${port}`)).status).to.equal(502);
    expect((await openTunnel('nowhere')).status).to.equal(400);
    expect(finished.map(({ status, reason }) => [status, reason])).to.deep.equal([
      [502, 'ECONNREFUSED'],
      [400, 'no HOST:PORT'],
    ]);
    expect(relayed).to.deep.equal([]);
  });

  it('survives whatever is sent to it, and logs what it could not read', async () => {
    await fc.assert(
      fc.asyncProperty(garbage, async (bytes) => void (await throwAt(proxy.port, bytes))),
      { numRuns: 60 },
    );
    await throwAt(proxy.port, Buffer.from('CONNEKT\r\n\r\n'));
    expect(finished.filter(({ status }) => status === 400).length).to.be.above(0);
    const port = await serve(createTcpServer((socket) => socket.end('still there')));
    const { socket } = await openTunnel(`127.0.0.1:${port}`);
    expect(await text(socket)).to.equal('still there');
  });

  it('lets go of a server whose client went away', async () => {
    const gone = Promise.withResolvers<void>();
    const port = await serve(
      createTcpServer((socket) => socket.on('error', () => undefined).once('close', gone.resolve)),
    );
    const { socket } = await openTunnel(`127.0.0.1:${port}`);
    socket.destroy();
    await gone.promise;
  });
});

describe('a target', () => {
  it('of a tunnel is a host and a port, and nothing beside', () => {
    expect(parseAuthority('login.example:443')).to.deep.equal({ host: 'login.example', port: 443 });
    expect(parseAuthority('[2001:db8::1]:443')).to.deep.equal({ host: '2001:db8::1', port: 443 });
    for (const text of ['', 'a', ':1', 'a:0', 'a:65536', 'http://a:1', 'a:1/b', 'u@a:1', 'a b:1'])
      expect(parseAuthority(text), text).to.equal(null);
  });

  it('of a request is an absolute URL of HTTP', () => {
    expect(parseAbsolute('http://a.example/x?y')).to.deep.include({ host: 'a.example', port: 80, path: '/x?y' });
    for (const text of ['/x', 'https://a/', 'ftp://a/', 'http://', '*'])
      expect(parseAbsolute(text), text).to.equal(null);
  });

  it('is read from any text, or is none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (given) => {
        const target = parseAuthority(given);
        if (target !== null) expect(given).to.match(/:\d+$/);
        parseAbsolute(given);
      }),
    );
  });

  it('gets the headers that are meant for it, in their order', () => {
    const raw = ['A', '1', 'Connection', 'close, B', 'B', '2', 'Proxy-Connection', 'x', 'a', '3', 'TE', 'y'];
    expect(forwardedHeaders(raw)).to.deep.equal([
      ['A', '1'],
      ['a', '3'],
    ]);
  });
});
