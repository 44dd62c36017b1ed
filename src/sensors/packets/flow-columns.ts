import type { LabEvent } from '../../model/event.ts';
import type { DrillTime } from '../../util/drill-time.ts';
import type { Flow } from './flow.ts';

/** What both sides sent. */
export const trafficColumns = ({ sent, received, serverName }: Flow): Partial<LabEvent> => ({
  'source.bytes': sent.bytes,
  'source.packets': sent.packets,
  'destination.bytes': received.bytes,
  'destination.packets': received.packets,
  'network.bytes': sent.bytes + received.bytes,
  'network.packets': sent.packets + received.packets,
  'tls.client.server_name': serverName ?? undefined,
});

const port = (number: number): number | undefined => (number === 0 ? undefined : number);

/** ICMP has no ports: its identifier only tells exchanges apart. */
export const endColumns = ({ protocol, version, client, server }: Flow): Partial<LabEvent> => ({
  'source.ip': client.ip,
  'source.port': protocol === 'icmp' ? undefined : port(client.port),
  'destination.ip': server.ip,
  'destination.port': protocol === 'icmp' ? undefined : port(server.port),
  'network.transport': protocol,
  'network.type': version === 4 ? 'ipv4' : 'ipv6',
});

/** What came of it, as the packets show it. */
export const outcomeColumns = (flow: Flow, drill: DrillTime): Partial<LabEvent> => {
  const end = { 'event.end': drill(flow.settledMicros ?? flow.lastMicros) };
  switch (flow.outcome) {
    case 'established':
      return { ...end, 'event.outcome': 'success', 'event.reason': undefined };
    case 'half-open':
      return {
        ...end,
        'event.outcome': 'failure',
        'event.reason': flow.resetBy === 'client' ? 'half-open' : 'aborted',
      };
    case 'refused':
    case 'unreachable':
      return { ...end, 'event.outcome': 'failure', 'event.reason': flow.outcome };
    case 'unanswered':
      // Nobody has to answer a datagram.
      return flow.protocol === 'udp'
        ? { ...end, 'event.outcome': 'unknown', 'event.reason': 'no-answer' }
        : { ...end, 'event.outcome': 'failure', 'event.reason': 'timeout' };
  }
};
