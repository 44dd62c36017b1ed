import { parseDnsMessage, type DnsMessage } from '../../formats/dns.ts';
import { parseClientHello } from '../../formats/tls.ts';
import type { Micros } from '../../model/event.ts';
import type { LossCounter } from '../loss-counter.ts';
import type { Side, TrackedFlow } from './tracked-flow.ts';

/** A DNS message on the wire; `F` is the flow it is part of. */
export interface SeenDns<F> {
  readonly flow: F;
  readonly fromClient: boolean;
  readonly message: DnsMessage;
  readonly micros: Micros;
  readonly frame: number;
}

/** Reads what is said inside flows: names asked for, and names of servers. */
export interface Application {
  onSegment(flow: TrackedFlow, side: Side, part: Segment): void;
  onDatagram(flow: TrackedFlow, side: Side, part: Omit<Segment, 'sequence'>): void;
  readonly dns: readonly SeenDns<TrackedFlow>[];
}

export interface Segment {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  /** On the wire. */
  readonly length: number;
  readonly micros: Micros;
  readonly frame: number;
}

const dnsPort = 53;

/** A greeting is never this long, and no DNS message can be. */
const longestGathered = 1 << 17;

export const createApplication = (losses: LossCounter): Application => {
  const dns: SeenDns<TrackedFlow>[] = [];
  /** Read in order, not yet understood. */
  const gathered = new Map<Side, Buffer>();

  const onMessage = (flow: TrackedFlow, side: Side, bytes: Uint8Array, micros: Micros, frame: number): void => {
    const message = parseDnsMessage(bytes);
    if (message === null) losses.add('unparsed', 'messages on port 53 that are no DNS', `frame ${frame}`);
    else dns.push({ flow, fromClient: side === flow.fromClient, message, micros, frame });
  };

  const onDatagram: Application['onDatagram'] = (flow, side, { bytes, length, micros, frame }) => {
    if (flow.server.port !== dnsPort || length === 0) return;
    if (bytes.length < length)
      losses.add('truncated', 'DNS messages of which the capture has a part', `frame ${frame}`);
    else onMessage(flow, side, bytes, micros, frame);
  };

  const onSegment: Application['onSegment'] = (flow, side, { sequence, bytes, length, micros, frame }) => {
    const { order } = side;
    if (order === null || length === 0) return;
    for (const part of order.take(sequence, bytes, length)) {
      const known = gathered.get(side);
      const all = known === undefined ? Buffer.from(part) : Buffer.concat([known, part]);
      const rest = read(flow, side, all, micros, frame);
      if (rest === null || all.length > longestGathered) {
        side.order = null;
        gathered.delete(side);
        return;
      }
      gathered.set(side, Buffer.from(rest));
    }
    if (!order.broken) return;
    const wanted = flow.server.port === dnsPort ? 'DNS over TCP' : 'TLS greetings';
    losses.add('truncated', `${wanted} of which the capture has a part`, `frame ${frame}`);
    side.order = null;
    gathered.delete(side);
  };

  /** What is not understood yet; null when nothing more is wanted. */
  const read = (flow: TrackedFlow, side: Side, all: Buffer, micros: Micros, frame: number): Buffer | null => {
    if (flow.server.port === dnsPort) return readMessages(flow, side, all, micros, frame);
    if (side === flow.fromServer) return null;
    const hello = parseClientHello(all);
    if (hello === 'more') return all;
    flow.serverName = hello?.serverName ?? null;
    return null;
  };

  /** RFC 1035 §4.2.2: each message follows its length in two octets. */
  const readMessages = (flow: TrackedFlow, side: Side, all: Buffer, micros: Micros, frame: number): Buffer => {
    let rest = all;
    while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
      const end = 2 + rest.readUInt16BE(0);
      onMessage(flow, side, rest.subarray(2, end), micros, frame);
      rest = rest.subarray(end);
    }
    return rest;
  };

  return { onSegment, onDatagram, dns };
};
