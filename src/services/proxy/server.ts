import { once } from 'node:events';
import { createServer, request as openRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ServiceClient } from '../../model/service-log.ts';
import { clientOf, rememberClients } from '../client-of.ts';
import { forwardedHeaders, parseAbsolute, parseAuthority, type Target } from './target.ts';

/** One request in the proxy's log, when it is over. */
export interface ProxyEntry {
  /** ISO 8601, UTC: when the request came in. */
  readonly time: string;
  readonly client: ServiceClient;
  readonly method: string;
  /** As the client asked for it: `HOST:PORT` or a URL. */
  readonly target: string;
  readonly host: string | null;
  readonly port: number | null;
  readonly userAgent: string;
  /** What the proxy answered; of a forwarded request, what the server did. */
  readonly status: number;
  /** Octets from the client to the server, and back: of a tunnel all, of a request those of its body. */
  readonly sent: number;
  readonly received: number;
  readonly durationMs: number;
  readonly reason?: string;
}

/** What the proxy says when it has a connection for a client: its map, which is no log of a product. */
export interface RelayEntry {
  readonly client: ServiceClient;
  readonly local: { readonly ip: string; readonly port: number };
  readonly peer: { readonly ip: string; readonly port: number };
}

export interface ProxyLog {
  relayed(entry: RelayEntry): void;
  finished(entry: ProxyEntry): void;
}

export interface ProxyServer extends AsyncDisposable {
  readonly port: number;
}

const connectMs = 30_000;
const idleMs = 3_600_000;
const agent = 'lab-proxy';

/** A forward proxy: CONNECT, and absolute URLs of HTTP. Resolves when its port is bound; rejects when it cannot be. */
export const startProxy = async (address: string, port: number, log: ProxyLog): Promise<ProxyServer> => {
  const server = createServer((request, response) => forward(request, response, log));
  server.on('connect', (request, socket, head) => tunnel(request, socket, head, log));
  const clients = rememberClients(server);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code !== 'ECONNRESET') {
      const entry = begin(clients(socket as Socket), '', '');
      log.finished(entry.end({ status: 400, reason: error.code ?? error.message }));
    }
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  server.keepAliveTimeout = idleMs;
  server.listen(port, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

interface Pending {
  end(outcome: Partial<ProxyEntry> & { readonly status: number }): ProxyEntry;
}

const begin = (client: ServiceClient, method: string, target: string, userAgent = '', to?: Target | null): Pending => {
  const started = Date.now();
  return {
    end: (outcome) => ({
      ...{ time: new Date(started).toISOString(), client, method, target, userAgent },
      ...{ host: to?.host ?? null, port: to?.port ?? null, sent: 0, received: 0 },
      durationMs: Date.now() - started,
      ...outcome,
    }),
  };
};

const endsOf = (socket: Socket): Omit<RelayEntry, 'client'> => ({
  local: { ip: socket.localAddress ?? '', port: socket.localPort ?? 0 },
  peer: { ip: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 },
});

const tunnel = (request: IncomingMessage, client: Duplex, head: Buffer, log: ProxyLog): void => {
  const asked = request.url ?? '';
  const from = clientOf(request.socket);
  const to = parseAuthority(asked);
  const entry = begin(from, 'CONNECT', asked, request.headers['user-agent'], to);
  client.on('error', () => client.destroy());
  const refuse = (status: 400 | 502 | 504, reason: string): void => {
    log.finished(entry.end({ status, reason }));
    client.end(`HTTP/1.1 ${status} ${reasons[status]}\r\nVia: 1.1 ${agent}\r\nConnection: close\r\n\r\n`);
  };
  if (to === null) return refuse(400, 'no HOST:PORT');
  const upstream = connect({ ...to, autoSelectFamily: false, family: 4 });
  upstream.setTimeout(connectMs, () => upstream.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
  const onFailure = (error: NodeJS.ErrnoException): void =>
    refuse(error.code === 'ETIMEDOUT' ? 504 : 502, error.code ?? error.message);
  upstream.once('error', onFailure);
  upstream.once('connect', () => {
    upstream.off('error', onFailure);
    upstream.on('error', () => upstream.destroy());
    upstream.setTimeout(idleMs, () => upstream.destroy());
    log.relayed({ client: from, ...endsOf(upstream) });
    upstream.once('close', () => {
      log.finished(entry.end({ status: 200, sent: upstream.bytesWritten, received: upstream.bytesRead }));
      client.destroy();
    });
    client.once('close', () => upstream.destroy());
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.write(head);
    client.pipe(upstream).pipe(client);
  });
};

const forward = (request: IncomingMessage, response: ServerResponse, log: ProxyLog): void => {
  const { method = '', url: asked = '' } = request;
  const from = clientOf(request.socket);
  const to = parseAbsolute(asked);
  const entry = begin(from, method, asked, request.headers['user-agent'], to);
  const refuse = (status: 400 | 502 | 504, reason: string): void => {
    request.resume();
    log.finished(entry.end({ status, reason }));
    if (response.headersSent) response.destroy();
    else response.writeHead(status, { Via: `1.1 ${agent}`, Connection: 'close' }).end();
  };
  if (to === null) return refuse(400, 'no absolute URL of HTTP');
  const headers = forwardedHeaders(request.rawHeaders).filter(([name]) => name.toLowerCase() !== 'host');
  const upstream = openRequest({
    ...{ host: to.host, port: to.port, method, path: to.path, agent: false, timeout: connectMs },
    ...{ setHost: false, autoSelectFamily: false, family: 4 },
  });
  let sent = 0;
  upstream.setHeader('Host', to.authority);
  for (const [name, value] of headers) upstream.appendHeader(name, value);
  upstream.once('socket', (socket) => socket.once('connect', () => log.relayed({ client: from, ...endsOf(socket) })));
  upstream.once('timeout', () => upstream.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
  upstream.once('error', (error: NodeJS.ErrnoException) =>
    refuse(error.code === 'ETIMEDOUT' ? 504 : 502, error.code ?? error.message),
  );
  upstream.once('response', (answer) => {
    let received = 0;
    const status = answer.statusCode ?? 0;
    response.writeHead(status, answer.statusMessage ?? '', [
      ...forwardedHeaders(answer.rawHeaders).flat(),
      ...['Via', `1.1 ${agent}`],
    ]);
    answer.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (!response.write(chunk)) answer.pause();
    });
    response.on('drain', () => answer.resume());
    answer.once('end', () => {
      log.finished(entry.end({ status, sent, received }));
      response.end();
    });
    answer.once('error', () => response.destroy());
  });
  response.once('close', () => upstream.destroy());
  request.on('data', (chunk: Buffer) => (sent += chunk.length));
  request.on('error', () => upstream.destroy());
  request.pipe(upstream);
};

const reasons = { 400: 'Bad Request', 502: 'Bad Gateway', 504: 'Gateway Timeout' } as const;
