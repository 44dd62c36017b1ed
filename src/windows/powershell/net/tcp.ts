import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { DnsClient } from '../../dns/client.ts';
import { dnsStatus } from '../../dns/status.ts';

/** Why a connection was not made: a number of winsock2.h and what .NET says of it. */
export class SocketFailure extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Connections of this process: whatever a script leaves open ends with it. */
export interface TcpConnector {
  /** Tries the addresses of a host one after the other. Rejects with a `SocketFailure`. */
  connect(host: string, port: number): Promise<Socket>;
  /** Keeps the first failure that no script saw and that is not the network's: `close` throws it. */
  fail(error: unknown): void;
  close(): void;
}

export const createTcpConnector = (dns: DnsClient): TcpConnector => {
  const open = new Set<Socket>();
  let unseen: { readonly error: unknown } | null = null;

  const connectTo = async (address: string, port: number): Promise<Socket> => {
    const { connect } = await import('node:net');
    const socket = connect({ host: address, port, autoSelectFamily: false });
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve());
      socket.once('error', (error: NodeJS.ErrnoException) => reject(failureOf(error, address, port)));
      socket.once('close', () => reject(new SocketFailure(995, aborted)));
    });
    // What goes wrong later shows when the script reads or writes.
    socket.on('error', () => socket.destroy());
    return socket;
  };

  return {
    connect: async (host, port) => {
      const addresses = await addressesOf(dns, host);
      let failure: unknown = new SocketFailure(11_001, noSuchHost);
      for (const address of addresses) {
        try {
          return await connectTo(address, port);
        } catch (error) {
          failure = error;
        }
      }
      throw failure;
    },
    fail: (error) => (unseen ??= { error }),
    close: () => {
      open.forEach((socket) => socket.destroy());
      if (unseen !== null) throw unseen.error;
    },
  };
};

const noSuchHost = 'No such host is known';

const aborted = 'The I/O operation has been aborted because of either a thread exit or an application request';

/** Addresses of a name, or the failure that .NET reports: WSAHOST_NOT_FOUND, WSANO_DATA, WSATRY_AGAIN. */
export const addressesOf = async (dns: DnsClient, host: string): Promise<readonly string[]> => {
  if (isIP(host) !== 0) return [host];
  const { status, addresses } = await dns.addresses(host);
  if (addresses.length > 0) return addresses;
  if (status === dnsStatus.nameError) throw new SocketFailure(11_001, noSuchHost);
  if (status === dnsStatus.ok || status === dnsStatus.noRecords)
    throw new SocketFailure(11_004, 'The requested name is valid, but no data of the requested type was found');
  throw new SocketFailure(
    11_002,
    'This is usually a temporary error during hostname resolution and means that the local server did not receive a response from an authoritative server',
  );
};

const failureOf = (error: NodeJS.ErrnoException, address: string, port: number): SocketFailure => {
  const target = `${address}:${port}`;
  switch (error.code) {
    case 'ECONNREFUSED':
      return new SocketFailure(
        10_061,
        `No connection could be made because the target machine actively refused it ${target}`,
      );
    case 'ETIMEDOUT':
      return new SocketFailure(
        10_060,
        `A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond ${target}`,
      );
    case 'EHOSTUNREACH':
      return new SocketFailure(10_065, `A socket operation was attempted to an unreachable host ${target}`);
    case 'ENETUNREACH':
      return new SocketFailure(10_051, `A socket operation was attempted to an unreachable network ${target}`);
    case 'EACCES':
    case 'EPERM':
      return new SocketFailure(
        10_013,
        `An attempt was made to access a socket in a way forbidden by its access permissions ${target}`,
      );
    default:
      return new SocketFailure(10_054, 'An existing connection was forcibly closed by the remote host');
  }
};
