import { createHash } from 'node:crypto';
import type { Frame } from '../../formats/pcap/capture.ts';
import { decodeFrame, tcpFlags, type Packet, type Transport } from '../../formats/pcap/packet.ts';
import type { LossCounter } from '../loss-counter.ts';
import { createApplication, type SeenDns } from './application.ts';
import { flowKey, type Flow, type FlowEnd } from './flow.ts';
import {
  beginFlow,
  endsOf,
  finishFlow,
  isOver,
  settleFlow,
  takeDatagram,
  takeSegment,
  type Beginning,
  type Side,
  type TrackedFlow,
} from './tracked-flow.ts';

export interface FlowTable {
  take(frame: Frame): void;
  finish(): SeenFlows;
}

/** Each in the order of the frames. */
export interface SeenFlows {
  readonly flows: readonly Flow[];
  readonly dns: readonly SeenDns<Flow>[];
}

type Of<K extends Transport['kind']> = Extract<Transport, { kind: K }>;

/** Datagrams after so long a silence are another exchange. */
const silenceMicros = 60_000_000;

/** Echo requests and their replies, of ICMP and of ICMPv6. */
const echoes = { request: [8, 128], reply: [0, 129] } as const;

/** Frames → flows. Each frame is counted in one flow, told as a loss, or none of IP's. */
export const createFlowTable = (losses: LossCounter): FlowTable => {
  const all: TrackedFlow[] = [];
  const present = new Map<string, TrackedFlow>();
  const fragments = new Map<string, { readonly flow: TrackedFlow; readonly side: Side }>();
  const application = createApplication(losses);

  const keyOf = ({ interface: name, protocol }: Beginning, client: FlowEnd, server: FlowEnd): string =>
    `${name} ${flowKey({ protocol, client, server })}`;

  const begin = (beginning: Beginning, client: FlowEnd, server: FlowEnd, opening: string | null): TrackedFlow => {
    const flow = beginFlow(beginning, client, server, opening);
    all.push(flow);
    present.set(keyOf(beginning, client, server), flow);
    return flow;
  };

  const find = (beginning: Beginning, from: FlowEnd, to: FlowEnd): TrackedFlow | undefined =>
    present.get(keyOf(beginning, from, to)) ?? present.get(keyOf(beginning, to, from));

  const sideOf = ({ client, fromClient, fromServer }: TrackedFlow, { ip, port }: FlowEnd): Side =>
    client.ip === ip && client.port === port ? fromClient : fromServer;

  const note = (packet: Packet, flow: TrackedFlow, side: Side): void => {
    if (packet.fragmentOf !== null) fragments.set(packet.fragmentOf, { flow, side });
  };

  const onTcp = (packet: Packet, segment: Of<'tcp'>, at: Beginning): void => {
    const { from, to } = endsOf(packet, segment);
    const isSyn = (segment.flags & tcpFlags.syn) !== 0;
    const opens = isSyn && (segment.flags & tcpFlags.ack) === 0;
    let flow = find(at, from, to);
    // A port is used again, or tried again after a refusal.
    const isNew = opens && flow !== undefined && (isOver(flow) || isAnother(flow, from, segment.sequence));
    if (flow === undefined || isNew) {
      const answers = isSyn && !opens;
      flow = begin(at, answers ? to : from, answers ? from : to, opens ? String(segment.sequence) : null);
      if (!opens) losses.add('truncated', 'connections whose beginning was not captured', `frame ${at.frame}`);
    }
    const side = sideOf(flow, from);
    takeSegment(flow, side, segment, at.micros);
    note(packet, flow, side);
    if (!isSyn) application.onSegment(flow, side, { ...segment, micros: at.micros, frame: at.frame });
  };

  const isAnother = (flow: TrackedFlow, from: FlowEnd, sequence: number): boolean => {
    const side = sideOf(flow, from);
    return side === flow.fromClient && side.first !== null && side.first !== (sequence + 1) >>> 0;
  };

  const onUdp = (packet: Packet, datagram: Of<'udp'>, at: Beginning): void => {
    const { from, to } = endsOf(packet, datagram);
    const known = find(at, from, to);
    const flow =
      known !== undefined && at.micros - known.lastMicros < silenceMicros
        ? known
        : begin(at, from, to, openingOf(datagram));
    const side = sideOf(flow, from);
    takeDatagram(flow, side, datagram.length, at.micros);
    note(packet, flow, side);
    application.onDatagram(flow, side, { ...datagram, micros: at.micros, frame: at.frame });
  };

  const onIcmp = (packet: Packet, message: Of<'icmp'>, at: Beginning): void => {
    const { about, type, code, identifier } = message;
    if (about !== null) {
      const protocol = protocolNames.get(about.protocol);
      if (protocol === undefined) return;
      const ends = [
        { ip: about.source, port: about.sourcePort },
        { ip: about.destination, port: about.destinationPort },
      ] as const;
      const flow = find({ ...at, protocol }, ...ends);
      if (flow !== undefined)
        settleFlow(flow, isPortUnreachable(packet, type, code) ? 'refused' : 'unreachable', at.micros);
      return;
    }
    const isRequest = echoes.request.some((one) => one === type);
    if (!isRequest && !echoes.reply.some((one) => one === type)) return;
    // The identifier stands for the port; it keeps two pings of one host apart.
    const ends = endsOf(packet, { sourcePort: identifier, destinationPort: identifier });
    const flow = find(at, ends.from, ends.to) ?? begin(at, ends.from, ends.to, isRequest ? String(identifier) : null);
    takeDatagram(flow, sideOf(flow, ends.from), message.length, at.micros);
  };

  const onFragment = (packet: Packet, { length }: Of<'fragment'>, at: Beginning): void => {
    const owner = fragments.get(packet.fragmentOf ?? '');
    if (owner === undefined) losses.add('unlinked', 'fragments whose first part was not captured', `frame ${at.frame}`);
    else takeDatagram(owner.flow, owner.side, length, at.micros);
  };

  const take: FlowTable['take'] = ({ number, interface: seenOn, bytes, length, micros }) => {
    const decoded = decodeFrame(seenOn.linkType, bytes, length);
    if (decoded.kind === 'damaged') return losses.add('unparsed', decoded.what, `frame ${number}`);
    if (decoded.kind === 'other') return;
    const { packet } = decoded;
    const { transport, version } = packet;
    const at = { version, interface: seenOn.name ?? '', frame: number, micros };
    switch (transport.kind) {
      case 'tcp':
        return onTcp(packet, transport, { ...at, protocol: 'tcp' });
      case 'udp':
        return onUdp(packet, transport, { ...at, protocol: 'udp' });
      case 'icmp':
        return onIcmp(packet, transport, { ...at, protocol: 'icmp' });
      case 'fragment':
        return onFragment(packet, transport, { ...at, protocol: 'udp' });
      case 'other':
        return losses.add('unsupported', `packets of IP protocol ${transport.protocol}`, `frame ${number}`);
    }
  };

  const finish = (): SeenFlows => {
    const flows = new Map(all.map((flow) => [flow, finishFlow(flow)]));
    const dns = application.dns.flatMap((seen) => {
      const flow = flows.get(seen.flow);
      return flow === undefined ? [] : [{ ...seen, flow }];
    });
    return { flows: [...flows.values()], dns };
  };
  return { take, finish };
};

const openingOf = ({ bytes, length }: Of<'udp'>): string =>
  `${length} ${createHash('sha256').update(bytes).digest('base64')}`;

const protocolNames = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'icmp'],
] as const) as ReadonlyMap<number, Flow['protocol']>;

/** RFC 792, RFC 4443: the host is there, and nobody listens. */
const isPortUnreachable = ({ version }: Packet, type: number, code: number): boolean =>
  version === 4 ? type === 3 && code === 3 : type === 1 && code === 4;
