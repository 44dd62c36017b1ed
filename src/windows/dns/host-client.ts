import { readFileSync } from 'node:fs';
import type { EventLog } from '../os/event-log.ts';
import { readLoggingPolicy } from '../os/policy.ts';
import { createDnsClient, type DnsClient } from './client.ts';

/** The client of the host that this program runs on. */
export const openDnsClient = (eventLog: EventLog): DnsClient =>
  createDnsClient({
    server: hostNameServer(),
    hosts: parseHosts(read('/etc/hosts')),
    eventLog: readLoggingPolicy().dnsQueries ? eventLog : null,
    random: Math.random,
  });

/** The server that the host asks. */
export const hostNameServer = () => nameServer(read('/etc/resolv.conf'));

/** Null where there is none. */
const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
};

export const nameServer = (resolvConf: string): { readonly address: string; readonly port: 53 } | null => {
  const [, address] = /^nameserver\s+(\S+)/m.exec(resolvConf) ?? [];
  return address === undefined ? null : { address, port: 53 };
};

/** IPv4 only: a lab has nothing else. */
export const parseHosts = (text: string): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, readonly string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (!/^\d+\.\d+\.\d+\.\d+$/.test(address)) continue;
    for (const name of names) found.set(name.toLowerCase(), [...(found.get(name.toLowerCase()) ?? []), address]);
  }
  return found;
};
