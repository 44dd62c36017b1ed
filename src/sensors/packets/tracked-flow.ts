import type { Packet, Transport } from '../../formats/pcap/packet.ts';
import { tcpFlags } from '../../formats/pcap/packet.ts';
import type { Micros } from '../../model/event.ts';
import type { Flow, FlowEnd, FlowOutcome, Traffic } from './flow.ts';
import { createSegmentOrder, type SegmentOrder } from './segment-order.ts';

/** A side of a flow while its packets come in. */
export interface Side {
  readonly traffic: Traffic;
  /** TCP: the first sequence number of its data, and the first that it has not sent yet. */
  first: number | null;
  next: number;
  closed: boolean;
  /** What it sends, in order, for as long as somebody wants to know; null when nobody does. */
  order: SegmentOrder | null;
}

export interface TrackedFlow {
  readonly protocol: Flow['protocol'];
  readonly version: 4 | 6;
  readonly interface: string;
  readonly client: FlowEnd;
  readonly server: FlowEnd;
  readonly frame: number;
  readonly startMicros: Micros;
  readonly fromBeginning: boolean;
  readonly opening: string | null;
  lastMicros: Micros;
  settledMicros: Micros | null;
  outcome: FlowOutcome;
  resetBy: Flow['resetBy'];
  serverName: string | null;
  readonly fromClient: Side;
  readonly fromServer: Side;
}

type Tcp = Extract<Transport, { kind: 'tcp' }>;

const createSide = (ordered: boolean): Side => ({
  traffic: { packets: 0, bytes: 0, repeated: 0 },
  first: null,
  next: 0,
  closed: false,
  order: ordered ? createSegmentOrder() : null,
});

export interface Beginning {
  readonly protocol: Flow['protocol'];
  readonly version: 4 | 6;
  readonly interface: string;
  readonly frame: number;
  readonly micros: Micros;
}

export const beginFlow = (
  { protocol, version, interface: name, frame, micros }: Beginning,
  client: FlowEnd,
  server: FlowEnd,
  opening: string | null,
): TrackedFlow => ({
  ...{ protocol, version, interface: name, client, server, frame, startMicros: micros },
  ...{ fromBeginning: opening !== null, opening },
  lastMicros: micros,
  settledMicros: null,
  outcome: 'unanswered',
  resetBy: null,
  serverName: null,
  fromClient: createSide(protocol === 'tcp'),
  fromServer: createSide(protocol === 'tcp'),
});

/** The later word holds, but nothing undoes an established flow. */
export const settleFlow = (flow: TrackedFlow, outcome: FlowOutcome, micros: Micros): void => {
  if (flow.outcome === 'established') return;
  flow.outcome = outcome;
  flow.settledMicros = micros;
};

/** A jump further than this is no gap of the capture but a number that was made up. */
const furthestJump = 2 ** 30;

/** Takes a segment into account: counts, handshake, end. */
export const takeSegment = (flow: TrackedFlow, side: Side, segment: Tcp, micros: Micros): void => {
  const isClient = side === flow.fromClient;
  const { flags, sequence, length } = segment;
  side.traffic.packets++;
  flow.lastMicros = micros;
  if ((flags & tcpFlags.syn) !== 0) {
    if (side.first === null) side.first = side.next = (sequence + 1) >>> 0;
    else side.traffic.repeated++;
    if (!isClient && flow.outcome === 'unanswered') settleFlow(flow, 'half-open', micros);
    return;
  }
  countPayload(side, sequence, length);
  if ((flags & tcpFlags.fin) !== 0) side.closed = true;
  if ((flags & tcpFlags.rst) !== 0) {
    if (!isClient && flow.outcome === 'unanswered') settleFlow(flow, 'refused', micros);
    flow.resetBy ??= isClient ? 'client' : 'server';
  } else if (flow.outcome === 'half-open' && isClient) settleFlow(flow, 'established', flow.settledMicros ?? micros);
  else if (!flow.fromBeginning) settleFlow(flow, 'established', micros);
};

/** By sequence numbers: what is sent again counts once, and what the capture missed between two segments counts too. */
const countPayload = (side: Side, sequence: number, length: number): void => {
  if (length === 0) return;
  if (side.first === null) side.first = side.next = sequence;
  const advance = (((sequence + length) | 0) - (side.next | 0)) | 0;
  if (advance <= 0 || advance > furthestJump) {
    side.traffic.repeated++;
    return;
  }
  side.next = (side.next + advance) >>> 0;
  side.traffic.bytes += advance;
};

/** A datagram, an echo, or a fragment: counted as it comes. */
export const takeDatagram = (flow: TrackedFlow, side: Side, length: number, micros: Micros): void => {
  side.traffic.packets++;
  side.traffic.bytes += length;
  flow.lastMicros = micros;
  if (side === flow.fromServer && flow.protocol !== 'tcp') settleFlow(flow, 'established', micros);
};

export const isOver = (flow: TrackedFlow): boolean =>
  flow.resetBy !== null || (flow.fromClient.closed && flow.fromServer.closed);

export const finishFlow = ({ fromClient, fromServer, ...flow }: TrackedFlow): Flow => ({
  ...flow,
  closed: fromClient.closed && fromServer.closed,
  sent: fromClient.traffic,
  received: fromServer.traffic,
});

export const endsOf = (packet: Packet, ports: { sourcePort: number; destinationPort: number }) => ({
  from: { ip: packet.source, port: ports.sourcePort },
  to: { ip: packet.destination, port: ports.destinationPort },
});
