import { startDnsServer, type DnsServer, type ServedQuery } from '../../../src/services/dns/server.ts';
import { createZones } from '../../../src/services/dns/zones.ts';
import type { NameServer } from '../../../src/windows/dns/exchange.ts';

export interface Names extends NameServer {
  readonly queries: ServedQuery[];
  close(): Promise<void>;
}

/** The lab's own name server on a free port of loopback. */
export const serveNames = async (zones: string, records: string): Promise<Names> => {
  const queries: ServedQuery[] = [];
  const server: DnsServer = await startDnsServer('127.0.0.1', 0, createZones(zones, records), (query) =>
    queries.push(query),
  );
  return {
    address: '127.0.0.1',
    port: server.port,
    queries,
    close: () => server[Symbol.asyncDispose]() as Promise<void>,
  };
};
