import { once } from 'node:events';
import { createServer as createHttpServer, STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { ServiceClient } from '../../../model/service-log.ts';
import { BadRequest, clientOf, readRequest, type ApiRequest } from './request.ts';
import { json, type Reply } from './reply.ts';

/** What a server says of every request, and of what was none. */
export interface AccessEntry {
  readonly host: string | null;
  readonly method: string | null;
  readonly target: string | null;
  readonly status: number | null;
  readonly userAgent: string | null;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Null for a request that was understood. */
  readonly problem: string | null;
}

export interface ApiServerOptions {
  readonly address: string;
  readonly port: number;
  /** PEM; null serves plain HTTP. */
  readonly tls: { readonly certificate: string; readonly key: string } | null;
  readonly answer: (request: ApiRequest) => Promise<Reply>;
  readonly log: (client: ServiceClient, entry: AccessEntry) => void;
}

export interface ApiServer extends AsyncDisposable {
  readonly port: number;
}

/** A connection that says nothing is closed after this. */
const idleMs = 30_000;

/** Answers until it is disposed of. Whatever comes in, it is logged and the server goes on. */
export const startApiServer = async (options: ApiServerOptions): Promise<ApiServer> => {
  const { tls, log } = options;
  const onRequest = (message: IncomingMessage, response: ServerResponse): void =>
    void serve(message, response, options);
  const server =
    tls === null ? createHttpServer(onRequest) : createHttpsServer({ cert: tls.certificate, key: tls.key }, onRequest);
  server.keepAliveTimeout = idleMs;
  server.headersTimeout = idleMs;
  // An error of a socket comes when its address is gone already.
  const clients = new WeakMap<Socket, ServiceClient>();
  const handshaken = new Set<string>();
  server.on('connection', (socket: Socket) => {
    const client = addressOf(socket);
    clients.set(socket, client);
    socket.on('error', () => socket.destroy());
    if (tls === null) return;
    socket.once('close', () => {
      if (!handshaken.delete(keyOf(client))) log(client, { ...nothing, problem: 'closed before TLS was agreed on' });
    });
  });
  server.on('secureConnection', (socket: Socket) => {
    const client = addressOf(socket);
    clients.set(socket, client);
    handshaken.add(keyOf(client));
  });
  const complain = (socket: Socket, problem: string): void => {
    const client = clients.get(socket) ?? addressOf(socket);
    log(client, { ...nothing, status: 400, problem });
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  };
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // A client that closes an idle connection has asked nothing.
    if (error.code === 'ECONNRESET') socket.destroy();
    else complain(socket as Socket, error.code ?? error.message);
  });
  server.listen(options.port, options.address);
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

const nothing: AccessEntry = {
  ...{ host: null, method: null, target: null, status: null, userAgent: null, problem: null },
  ...{ requestBytes: 0, responseBytes: 0 },
};

const plain = (ip: string): string => ip.replace(/^::ffff:/, '');

const keyOf = ({ ip, port }: ServiceClient): string => `${ip} ${port}`;

const addressOf = ({ remoteAddress = '', remotePort = 0 }: Socket): ServiceClient => ({
  ip: plain(remoteAddress),
  port: remotePort,
  transport: 'tcp',
});

const serve = async (
  message: IncomingMessage,
  response: ServerResponse,
  { answer, log }: ApiServerOptions,
): Promise<void> => {
  // Who goes away in the middle is its own loss.
  message.on('error', () => undefined);
  response.on('error', () => undefined);
  const client = clientOf(message);
  let requestBytes = 0;
  let problem: string | null = null;
  let reply: Reply;
  try {
    const request = await readRequest(message, client);
    requestBytes = Buffer.byteLength(request.body);
    reply = await answer(request);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
    const status = error instanceof BadRequest ? error.status : 500;
    reply = json(status, { error: { code: STATUS_CODES[status]?.replaceAll(' ', '') ?? '', message: problem } });
  }
  const body = Buffer.from(reply.body);
  log(client, {
    host: message.headers.host ?? null,
    method: message.method ?? null,
    target: message.url ?? null,
    status: reply.status,
    userAgent: message.headers['user-agent'] ?? null,
    requestBytes,
    responseBytes: body.length,
    problem,
  });
  response.writeHead(reply.status, { ...reply.headers, 'Content-Length': String(body.length) });
  response.end(message.method === 'HEAD' ? undefined : body);
};
