import type { DnsAnswer } from '../../formats/dns.ts';
import { typeNames } from '../../formats/dns-data.ts';
import type { EventLog } from '../os/event-log.ts';
import type { DnsReply } from './client.ts';

const channel = 'Microsoft-Windows-DNS-Client/Operational';
const provider = 'Microsoft-Windows-DNS-Client';

export const typeNumberOf = (type: string): number =>
  [...typeNames].find(([, name]) => name === type)?.[0] ?? Number(/^TYPE(\d+)$/.exec(type)?.[1] ?? 0);

/** Addresses of version 4 are mapped, other records name their type. */
const resultOf = ({ type, data }: DnsAnswer): string => {
  if (type === 'A') return `::ffff:${data};`;
  if (type === 'AAAA') return `${data};`;
  return `type: ${String(typeNumberOf(type)).padStart(2)} ${data};`;
};

/**
 * Event 3008, "DNS query is completed": written in the process that asked. QueryOptions, the asking function's flags, is left out:
 * nobody has shown what it is for which caller.
 */
export const logQuery = (
  eventLog: EventLog,
  name: string,
  type: string,
  { status, answers }: DnsReply,
): Promise<void> =>
  eventLog.write({
    channel,
    provider,
    eventId: 3008,
    data: {
      QueryName: name,
      QueryType: typeNumberOf(type),
      QueryStatus: status,
      QueryResults: answers.map(resultOf).join(''),
    },
  });
