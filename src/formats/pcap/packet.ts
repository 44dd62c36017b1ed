import { readLink } from './link.ts';
import { readIp, type IpHeader } from './ip.ts';

export interface PacketEnds {
  readonly source: string;
  readonly destination: string;
}

/** What an IP packet carries. `length` is what it had on the wire, `bytes` what was kept of it. */
export type Transport =
  | {
      readonly kind: 'tcp';
      readonly sourcePort: number;
      readonly destinationPort: number;
      readonly sequence: number;
      readonly flags: number;
      readonly bytes: Uint8Array;
      readonly length: number;
    }
  | {
      readonly kind: 'udp';
      readonly sourcePort: number;
      readonly destinationPort: number;
      readonly bytes: Uint8Array;
      readonly length: number;
    }
  | {
      readonly kind: 'icmp';
      readonly type: number;
      readonly code: number;
      /** Of an echo: its identifier. */
      readonly identifier: number;
      readonly length: number;
      /** Of an error: the packet that it is about. */
      readonly about:
        | (PacketEnds & { readonly protocol: number; readonly sourcePort: number; readonly destinationPort: number })
        | null;
    }
  /** A fragment that is not its packet's first: it has no ports. */
  | { readonly kind: 'fragment'; readonly length: number }
  | { readonly kind: 'other'; readonly protocol: number };

export interface Packet extends PacketEnds {
  readonly version: 4 | 6;
  /** The same for all fragments of one packet; null when it is whole. */
  readonly fragmentOf: string | null;
  readonly transport: Transport;
}

export type Decoded =
  | { readonly kind: 'packet'; readonly packet: Packet }
  | { readonly kind: 'other'; readonly what: string }
  | { readonly kind: 'damaged'; readonly what: string };

export const tcpFlags = { fin: 1, syn: 2, rst: 4, ack: 16 } as const;

const protocols = { icmp: 1, igmp: 2, tcp: 6, udp: 17, icmpv6: 58 } as const;

const damaged = (what: string): Decoded => ({ kind: 'damaged', what });

/** Reads one frame, whatever it holds. `length` is what it had on the wire. */
export const decodeFrame = (linkType: number, bytes: Uint8Array, length: number): Decoded => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const link = readLink(linkType, view);
  if (link.kind !== 'ip') return link;
  const ip = readIp(view, link.offset, length);
  if (ip === null) return damaged('packets whose IP header is damaged');
  if (ip.protocol === protocols.igmp) return { kind: 'other', what: 'IGMP' };
  const transport = ip.isLaterFragment ? { kind: 'fragment' as const, length: ip.length } : readTransport(view, ip);
  if (transport === null) return damaged('packets that end within their transport header');
  const { version, source, destination, fragmentOf } = ip;
  return { kind: 'packet', packet: { version, source, destination, fragmentOf, transport } };
};

const readTransport = (view: DataView, ip: IpHeader): Transport | null => {
  switch (ip.protocol) {
    case protocols.tcp:
      return readTcp(view, ip);
    case protocols.udp:
      return readUdp(view, ip);
    case protocols.icmp:
    case protocols.icmpv6:
      return readIcmp(view, ip);
    default:
      return { kind: 'other', protocol: ip.protocol };
  }
};

/** The octets from `start` on that belong to the packet: short frames are padded. */
const payload = (view: DataView, start: number, length: number): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset + start, Math.max(0, Math.min(length, view.byteLength - start)));

const readTcp = (view: DataView, { offset, length }: IpHeader): Transport | null => {
  if (length < 20 || view.byteLength < offset + 20) return null;
  const header = (view.getUint8(offset + 12) >> 4) * 4;
  if (header < 20 || header > length || view.byteLength < offset + header) return null;
  return {
    kind: 'tcp',
    sourcePort: view.getUint16(offset),
    destinationPort: view.getUint16(offset + 2),
    sequence: view.getUint32(offset + 4),
    flags: view.getUint8(offset + 13),
    bytes: payload(view, offset + header, length - header),
    length: length - header,
  };
};

const readUdp = (view: DataView, { offset, length, fragmentOf }: IpHeader): Transport | null => {
  if (length < 8 || view.byteLength < offset + 8) return null;
  const told = view.getUint16(offset + 4);
  // 0 is a jumbogram; of a fragmented packet the header tells the length of the whole.
  const whole = told === 0 || fragmentOf !== null ? length : told;
  if (whole < 8 || whole > length) return null;
  return {
    kind: 'udp',
    sourcePort: view.getUint16(offset),
    destinationPort: view.getUint16(offset + 2),
    bytes: payload(view, offset + 8, whole - 8),
    length: whole - 8,
  };
};

const isError = (protocol: number, type: number): boolean =>
  protocol === protocols.icmp ? [3, 4, 5, 11, 12].includes(type) : type < 128;

const readIcmp = (view: DataView, { offset, length, protocol }: IpHeader): Transport | null => {
  if (length < 8 || view.byteLength < offset + 8) return null;
  const type = view.getUint8(offset);
  const quoted = isError(protocol, type) ? readIp(view, offset + 8, Infinity) : null;
  const hasPorts = quoted !== null && !quoted.isLaterFragment && view.byteLength >= quoted.offset + 4;
  return {
    kind: 'icmp',
    type,
    code: view.getUint8(offset + 1),
    identifier: view.getUint16(offset + 4),
    length: length - 8,
    about:
      quoted === null
        ? null
        : {
            source: quoted.source,
            destination: quoted.destination,
            protocol: quoted.protocol,
            sourcePort: hasPorts ? view.getUint16(quoted.offset) : 0,
            destinationPort: hasPorts ? view.getUint16(quoted.offset + 2) : 0,
          },
  };
};
