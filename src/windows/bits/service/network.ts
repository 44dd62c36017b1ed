import { isIP } from 'node:net';
import type { DnsClient } from '../../dns/client.ts';
import type { NameServer } from '../../dns/exchange.ts';
import type { ServiceEventLog } from '../../os/event-log.ts';
import type { HttpClient, HttpRequest } from '../../powershell/http/client.ts';
import { createPooledClient } from '../../powershell/http/pooled-client.ts';
import type { BitsNetwork } from './transfer.ts';

export interface NetworkParts {
  readonly eventLog: ServiceEventLog;
  readonly nameServer: NameServer | null;
  /** A client whose records name the request. */
  readonly dns: (request: number) => DnsClient;
}

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80');

/** Connections and questions of the service, each stated before it goes out, with the request that it is for. */
export const createBitsNetwork = ({ eventLog, nameServer, dns }: NetworkParts): BitsNetwork => ({
  open: (request) => {
    const names = dns(request);
    const state = (address: string, port: number | string): Promise<void> =>
      eventLog.handOver({ request, peer: `${address} ${port}` });
    const known = new Map<string, Awaited<ReturnType<DnsClient['addresses']>>>();
    const resolve: DnsClient['addresses'] = async (name) => {
      const found = known.get(name);
      if (found !== undefined) return found;
      if (nameServer !== null) await state(nameServer.address, nameServer.port);
      const reply = await names.addresses(name);
      known.set(name, reply);
      return reply;
    };
    const http = createPooledClient({ ...names, addresses: resolve });
    const send = async (asked: HttpRequest): ReturnType<HttpClient['send']> => {
      const name = asked.url.hostname.replace(/^\[|\]$/g, '');
      const addresses = isIP(name) === 0 ? (await resolve(name)).addresses : [name];
      for (const address of addresses) await state(address, portOf(asked.url));
      return http.send(asked);
    };
    return { send, close: () => http.close() };
  },
});
