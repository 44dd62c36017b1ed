import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ServiceClient } from '../../model/service-log.ts';
import { datagramLimit, respond, type QueryLogEntry } from './respond.ts';
import { createTcpServer } from './tcp.ts';
import type { Zones } from './zones.ts';

export interface ServedQuery extends QueryLogEntry {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly client: ServiceClient;
}

export interface DnsServer extends AsyncDisposable {
  readonly port: number;
}

const tcpLimit = 65_535;

/** Answers on UDP and TCP until it is disposed of. Resolves when both are bound; rejects when one cannot be. */
export const startDnsServer = async (
  address: string,
  port: number,
  zones: Zones,
  log: (query: ServedQuery) => void,
): Promise<DnsServer> => {
  const serve = (request: Uint8Array, client: ServiceClient, limit: number): Uint8Array | null => {
    const response = respond(request, zones, limit);
    log({ time: new Date().toISOString(), client, ...response.log });
    return response.bytes;
  };

  const tcp = createTcpServer((request, client) => serve(request, { ...client, transport: 'tcp' }, tcpLimit));
  tcp.listen(port, address);
  await once(tcp, 'listening');
  const bound = (tcp.address() as AddressInfo).port;

  const udp = createSocket('udp4');
  udp.on('message', (request, peer) => {
    const response = serve(request, { ip: peer.address, port: peer.port, transport: 'udp' }, datagramLimit);
    // A reply that cannot be sent (the asker has gone) is lost as any datagram may be.
    if (response !== null) udp.send(response, peer.port, peer.address, () => undefined);
  });
  udp.bind(bound, address);
  await once(udp, 'listening');
  udp.on('error', (error) => {
    throw error;
  });

  return {
    port: bound,
    [Symbol.asyncDispose]: async () => {
      udp.close();
      tcp.close();
      await once(tcp, 'close');
    },
  };
};
