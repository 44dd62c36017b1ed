import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ServiceClient } from '../../model/service-log.ts';
import { clientOf, rememberClients } from '../client-of.ts';
import type { Answers } from './answer.ts';

/** What the server logs of a request, of a connection that speaks no HTTP, or of what could not be read. */
export interface C2Entry {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly client: ServiceClient;
  readonly protocol: 'http' | 'https' | 'tcp';
  readonly kind: 'check-in' | 'file' | 'upload' | 'connection' | 'session' | 'malformed';
  readonly port: number;
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly userAgent?: string;
  /** The name that the client gave when it opened TLS. */
  readonly serverName?: string;
  readonly status?: number;
  /** Octets of the body that came in, and of the one that goes out. */
  readonly received: number;
  readonly sent: number;
  /** Why it could not be read. */
  readonly reason?: string;
}

export interface C2Options {
  readonly address: string;
  /** Ports for each; 0 chooses one. */
  readonly http: readonly number[];
  readonly https: readonly number[];
  readonly tcp: readonly number[];
  /** False answers `Connection: close`, so that every check-in is a connection of its own. */
  readonly keepAlive: boolean;
  /** PEM; needed for HTTPS. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
}

export interface C2Server extends AsyncDisposable {
  /** In the order http, https, tcp. */
  readonly ports: readonly number[];
}

/** Idle connections outlive the longest interval an agent polls at. */
const idleMs = 3_600_000;

/** Resolves when every port is bound; rejects when one cannot be. Whatever is sent to it, it goes on. */
export const startC2 = async (
  options: C2Options,
  answers: Answers,
  log: (entry: C2Entry) => void,
): Promise<C2Server> => {
  const servers: Server[] = [];
  const note = (entry: Omit<C2Entry, 'time'>): void => log({ time: new Date().toISOString(), ...entry });

  for (const port of options.http) servers.push(await listen(httpServer('http'), port));
  for (const port of options.https) servers.push(await listen(httpServer('https'), port));
  for (const port of options.tcp) servers.push(await listen(rawServer(), port));
  return {
    ports: servers.map((server) => (server.address() as AddressInfo).port),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map(close));
    },
  };

  async function listen(server: Server, port: number): Promise<Server> {
    server.listen(port, options.address);
    await once(server, 'listening');
    return server;
  }

  function httpServer(protocol: 'http' | 'https'): Server {
    const onRequest: RequestListener = (request, response) => {
      const client = clientOf(request.socket);
      const { method = '', url: path = '', headers } = request;
      const port = request.socket.localPort ?? 0;
      void bodyLength(request).then((received) => {
        if (received === null) return;
        const { kind, type, body: whole } = answers.to(method, path, received);
        const range = kind === 'file' && method === 'GET' ? readRange(headers.range, whole.length) : null;
        const body = range === null ? whole : whole.subarray(range.first, range.last + 1);
        const status = range === null ? 200 : 206;
        const told = {
          ...{ method, path, host: headers.host ?? '', userAgent: headers['user-agent'] ?? '' },
          ...(request.socket instanceof TLSSocket ? { serverName: request.socket.servername || '' } : {}),
        };
        note({
          client,
          protocol,
          port,
          kind,
          ...told,
          status,
          received,
          sent: method === 'HEAD' ? 0 : body.length,
        });
        if (!options.keepAlive) response.setHeader('Connection', 'close');
        if (kind === 'file') response.setHeader('Accept-Ranges', 'bytes');
        if (range !== null) response.setHeader('Content-Range', `bytes ${range.first}-${range.last}/${whole.length}`);
        response.statusCode = status;
        response.setHeader('Content-Type', type);
        response.setHeader('Content-Length', body.length);
        response.end(body);
      });
    };
    const server =
      protocol === 'http' ? createHttpServer(onRequest) : createHttpsServer({ ...(options.tls ?? {}) }, onRequest);
    server.keepAliveTimeout = idleMs;
    server.requestTimeout = idleMs;
    const clients = rememberClients(server);
    const onGarbage = (error: NodeJS.ErrnoException, socket: Socket): void => {
      // A client that goes away is no request.
      if (error.code !== 'ECONNRESET')
        note({ ...malformed(protocol, socket), client: clients(socket), reason: error.code ?? error.message });
      if (socket.writable && protocol === 'http') socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      else socket.destroy();
    };
    server.on('clientError', onGarbage);
    server.on('tlsClientError', onGarbage);
    return server;
  }

  /** Answers every piece that comes in, whatever it is, and logs the connection when it begins and when it is over. */
  function rawServer(): Server {
    return createTcpServer({ allowHalfOpen: false }, (socket) => {
      const client = clientOf(socket);
      const port = socket.localPort ?? 0;
      note({ client, protocol: 'tcp', port, kind: 'connection', received: 0, sent: 0 });
      socket.setTimeout(idleMs, () => socket.destroy());
      socket.on('error', () => socket.destroy());
      socket.on('data', () => void socket.write(Buffer.concat([answers.toMessage(), Buffer.from('\n')])));
      socket.once('close', () => {
        const { bytesRead: received, bytesWritten: sent } = socket;
        note({ client, protocol: 'tcp', port, kind: 'session', received, sent });
      });
    });
  }
};

/** One range of octets, as BITS asks for them; any other kind of range is answered with the whole file (RFC 9110 §14.2). */
const readRange = (
  header: string | undefined,
  size: number,
): { readonly first: number; readonly last: number } | null => {
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return from === '' || first > last ? null : { first, last };
};

const malformed = (protocol: C2Entry['protocol'], socket: Socket): Omit<C2Entry, 'time' | 'client'> => ({
  protocol,
  port: socket.localPort ?? 0,
  kind: 'malformed',
  received: socket.bytesRead,
  sent: 0,
});

/** Null when the client went away before it had sent all of it. */
const bodyLength = async (request: IncomingMessage): Promise<number | null> => {
  let length = 0;
  try {
    for await (const chunk of request) length += (chunk as Buffer).length;
  } catch {
    return null;
  }
  return length;
};

const close = async (server: Server): Promise<void> => {
  if ('closeAllConnections' in server) (server as ReturnType<typeof createHttpServer>).closeAllConnections();
  server.close();
  await once(server, 'close');
};
