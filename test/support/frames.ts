import { tcpFlags } from '../../src/formats/pcap/packet.ts';

/** Builds frames and captures octet by octet, as RFCs 791, 793, 768, 792 and 8200 and the drafts of pcap and pcapng have them. */
export interface Ends {
  readonly from: string;
  readonly to: string;
}

const number = (value: number, octets: number, little = false): Buffer => {
  const out = Buffer.alloc(octets);
  for (let at = 0; at < octets; at++) {
    out[little ? at : octets - 1 - at] = Number((BigInt(value) >> BigInt(at * 8)) & 255n);
  }
  return out;
};

export const big = (value: number, octets: number): Buffer => number(value, octets);

const [ipv4, ipv6] = [0x0800, 0x86dd];

const addressBytes = (text: string): Buffer =>
  text.includes(':')
    ? Buffer.concat(expand(text).map((part) => big(part, 2)))
    : Buffer.from(text.split('.').map(Number));

const expand = (text: string): readonly number[] => {
  const [left = '', right = ''] = text.split('::');
  const parts = (side: string): number[] => (side === '' ? [] : side.split(':').map((part) => parseInt(part, 16)));
  const [head, tail] = [parts(left), parts(right)];
  return text.includes('::') ? [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail] : head;
};

export interface Fragment {
  readonly id: number;
  readonly offset: number;
  readonly more: boolean;
}

const inIpv4 = ({ from, to }: Ends, protocol: number, carried: Buffer, fragment?: Fragment): Buffer =>
  Buffer.concat([
    Buffer.from([0x45, 0]),
    big(20 + carried.length, 2),
    big(fragment?.id ?? 0, 2),
    big(((fragment?.more ?? false) ? 0x2000 : 0) | ((fragment?.offset ?? 0) / 8), 2),
    Buffer.from([64, protocol, 0, 0]),
    addressBytes(from),
    addressBytes(to),
    carried,
  ]);

const inIpv6 = ({ from, to }: Ends, protocol: number, carried: Buffer, fragment?: Fragment): Buffer => {
  const extension =
    fragment === undefined
      ? Buffer.alloc(0)
      : Buffer.concat([
          Buffer.from([protocol, 0]),
          big(fragment.offset | (fragment.more ? 1 : 0), 2),
          big(fragment.id, 4),
        ]);
  return Buffer.concat([
    Buffer.from([0x60, 0, 0, 0]),
    big(extension.length + carried.length, 2),
    Buffer.from([fragment === undefined ? protocol : 44, 64]),
    addressBytes(from),
    addressBytes(to),
    extension,
    carried,
  ]);
};

/** An IP packet of either version, by its addresses. */
export const ip = (ends: Ends, protocol: number, carried: Buffer, fragment?: Fragment): Buffer =>
  ends.from.includes(':') ? inIpv6(ends, protocol, carried, fragment) : inIpv4(ends, protocol, carried, fragment);

export const ethernet = (packet: Buffer, tags: readonly number[] = []): Buffer =>
  Buffer.concat([
    Buffer.alloc(12),
    ...tags.map((tag) => Buffer.concat([big(0x8100, 2), big(tag, 2)])),
    big((packet[0] ?? 0) >> 4 === 6 ? ipv6 : ipv4, 2),
    packet,
  ]);

export interface TcpOptions {
  readonly sequence?: number;
  readonly flags?: readonly (keyof typeof tcpFlags)[];
  readonly payload?: Uint8Array;
}

export const tcpSegment = (
  fromPort: number,
  toPort: number,
  { sequence = 1, flags = ['ack'], payload }: TcpOptions,
): Buffer =>
  Buffer.concat([
    big(fromPort, 2),
    big(toPort, 2),
    big(sequence, 4),
    big(0, 4),
    Buffer.from([5 << 4, flags.reduce((sum, flag) => sum | tcpFlags[flag], 0)]),
    big(1024, 2),
    big(0, 4),
    payload ?? Buffer.alloc(0),
  ]);

export const udpDatagram = (fromPort: number, toPort: number, payload: Uint8Array): Buffer =>
  Buffer.concat([big(fromPort, 2), big(toPort, 2), big(8 + payload.length, 2), big(0, 2), payload]);

export const icmpMessage = (type: number, code: number, rest: Uint8Array, identifier = 0): Buffer =>
  Buffer.concat([Buffer.from([type, code, 0, 0]), big(identifier, 2), big(0, 2), rest]);

/** `10.0.0.1:5000 > 10.0.0.2:80`; IPv6 addresses stand in brackets. */
const endsOf = (text: string): { readonly ends: Ends; readonly ports: readonly [number, number] } => {
  const [, from = '', fromPort, to = '', toPort] = /^\[?(.*?)\]?:(\d+) > \[?(.*?)\]?:(\d+)$/.exec(text) ?? [];
  return { ends: { from, to }, ports: [Number(fromPort), Number(toPort)] };
};

/** An Ethernet frame of one TCP segment. */
export const tcp = (text: string, options: TcpOptions = {}): Buffer => {
  const { ends, ports } = endsOf(text);
  return ethernet(ip(ends, 6, tcpSegment(...ports, options)));
};

export const udp = (text: string, payload: Uint8Array): Buffer => {
  const { ends, ports } = endsOf(text);
  return ethernet(ip(ends, 17, udpDatagram(...ports, payload)));
};

export interface CapturedFrame {
  readonly micros: number;
  readonly bytes: Buffer;
  /** On the wire, when not all was kept. */
  readonly length?: number;
  readonly interface?: number;
}

export interface PcapngOptions {
  readonly little?: boolean;
  readonly interfaces?: readonly { readonly name: string; readonly linkType?: number }[];
  /** Frames and drops of each interface; none when the capturer did not get to write them. */
  readonly statistics?: readonly { readonly received: number; readonly dropped: number }[] | null;
}

/** A pcapng file with times in nanoseconds. */
export const pcapng = (frames: readonly CapturedFrame[], options: PcapngOptions = {}): Buffer => {
  const { little = true, interfaces = [{ name: 'lo' }] } = options;
  const n = (value: number, octets: number): Buffer => number(value, octets, little);
  const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  const block = (type: number, body: Buffer): Buffer =>
    Buffer.concat([n(type, 4), n(body.length + 12, 4), body, n(body.length + 12, 4)]);
  const option = (code: number, value: Buffer): Buffer =>
    Buffer.concat([n(code, 2), n(value.length, 2), padded(value)]);
  const time = (micros: number): Buffer => {
    const ticks = BigInt(micros) * 1000n;
    return Buffer.concat([n(Number(ticks >> 32n), 4), n(Number(ticks & 0xffffffffn), 4)]);
  };
  const counted = interfaces.map((_, index) => ({
    received: frames.filter((frame) => (frame.interface ?? 0) === index).length,
    dropped: 0,
  }));
  const statistics = options.statistics === undefined ? counted : (options.statistics ?? []);
  return Buffer.concat([
    block(0x0a0d0d0a, Buffer.concat([n(0x1a2b3c4d, 4), n(1, 2), n(0, 2), Buffer.alloc(8, 255)])),
    ...interfaces.map(({ name, linkType = 1 }) =>
      block(
        1,
        Buffer.concat([
          n(linkType, 2),
          n(0, 2),
          n(0, 4),
          option(2, Buffer.from(name)),
          option(9, Buffer.from([9])),
          n(0, 4),
        ]),
      ),
    ),
    ...frames.map(({ micros, bytes, length = bytes.length, interface: index = 0 }) =>
      block(6, Buffer.concat([n(index, 4), time(micros), n(bytes.length, 4), n(length, 4), padded(bytes)])),
    ),
    ...statistics.map(({ received, dropped }, index) =>
      block(5, Buffer.concat([n(index, 4), time(0), option(4, n(received, 8)), option(7, n(dropped, 8)), n(0, 4)])),
    ),
  ]);
};

/** A pcap file. */
export const pcap = (
  frames: readonly CapturedFrame[],
  { little = true, nanoseconds = false, linkType = 1 } = {},
): Buffer => {
  const n = (value: number, octets: number): Buffer => number(value, octets, little);
  return Buffer.concat([
    n(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, 4),
    ...[n(2, 2), n(4, 2), n(0, 4), n(0, 4), n(65_535, 4), n(linkType, 4)],
    ...frames.map(({ micros, bytes, length = bytes.length }) =>
      Buffer.concat([
        n(Math.floor(micros / 1_000_000), 4),
        n((micros % 1_000_000) * (nanoseconds ? 1000 : 1), 4),
        n(bytes.length, 4),
        n(length, 4),
        bytes,
      ]),
    ),
  ]);
};
