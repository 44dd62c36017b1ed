import type { Server, Socket } from 'node:net';
import type { ServiceClient } from '../model/service-log.ts';

/** Who is at the other end. */
export const clientOf = ({
  remoteAddress,
  remotePort,
}: Pick<Socket, 'remoteAddress' | 'remotePort'>): ServiceClient => ({
  ip: (remoteAddress ?? '').replace(/^::ffff:/, ''),
  port: remotePort ?? 0,
  transport: 'tcp',
});

/** The same for the connections of a server, asked when they come in: a socket that failed has forgotten it. */
export const rememberClients = (server: Server): ((socket: Socket) => ServiceClient) => {
  const clients = new WeakMap<Socket, ServiceClient>();
  const remember = (socket: Socket): void => void clients.set(socket, clientOf(socket));
  server.on('connection', remember);
  server.on('secureConnection', remember);
  return (socket) => clients.get(socket) ?? clientOf(socket);
};
