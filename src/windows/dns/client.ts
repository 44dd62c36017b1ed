import { isIP } from 'node:net';
import type { DnsAnswer } from '../../formats/dns.ts';
import type { EventLog } from '../os/event-log.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { exchange, type NameServer } from './exchange.ts';
import { logQuery } from './query-log.ts';
import { dnsStatus, statusOf } from './status.ts';

export interface DnsReply {
  /** As Windows numbers it: 0, 9003 … */
  readonly status: number;
  readonly answers: readonly DnsAnswer[];
}

/** What programs of the persona ask names of: dnsapi.dll. */
export interface DnsClient {
  /** One question to a server; the host's own where none is given. */
  query(name: string, type: string, server?: string): Promise<DnsReply>;
  /**
   * Every address of a name, as GetAddrInfo finds them: addresses as they are, the hosts file, DNS. The hosts of a lab have no IPv6
   * address beyond their links, and such a Windows asks for A records only.
   */
  addresses(name: string): Promise<DnsReply & { readonly addresses: readonly string[] }>;
}

export interface DnsClientOptions {
  /** Null: the host has none, and every question times out at once. */
  readonly server: NameServer | null;
  /** Lower-case name → addresses. */
  readonly hosts: ReadonlyMap<string, readonly string[]>;
  /** Null where the DNS client's log is off, as it is on a Windows that nobody configured. */
  readonly eventLog: EventLog | null;
  readonly random: () => number;
}

/** There is no cache: every question is on the wire, so that sensors outside the process see each of them. */
export const createDnsClient = ({ server, hosts, eventLog, random }: DnsClientOptions): DnsClient => {
  const ask = async (name: string, type: string, other: string | undefined): Promise<DnsReply> => {
    const asked = other === undefined ? server : { address: other, port: server?.port ?? 53 };
    if (asked === null) return { status: dnsStatus.timeout, answers: [] };
    const message = await exchange(asked, { name, type, id: Math.floor(random() * 0x10000) });
    if (message === null) return { status: dnsStatus.timeout, answers: [] };
    const status = statusOf(message.responseCode);
    const hasNone = status === dnsStatus.ok && message.answers.length === 0;
    return { status: hasNone ? dnsStatus.noRecords : status, answers: message.answers };
  };

  const query = async (name: string, type: string, other?: string): Promise<DnsReply> => {
    // A name of one label goes out over LLMNR and NetBIOS, which nobody in a lab speaks.
    if (!name.replace(/\.$/, '').includes('.')) throw new NotImplemented(`the name ${name}, which has one label`);
    const reply = await ask(name, type, other);
    if (eventLog !== null) await logQuery(eventLog, name, type, reply);
    return reply;
  };

  const addresses: DnsClient['addresses'] = async (name) => {
    const known = isIP(name) === 0 ? hosts.get(name.toLowerCase()) : [name];
    if (known !== undefined) return { status: dnsStatus.ok, answers: [], addresses: known };
    const reply = await query(name, 'A');
    return { ...reply, addresses: reply.answers.filter(({ type }) => type === 'A').map(({ data }) => data) };
  };

  return { query, addresses };
};
