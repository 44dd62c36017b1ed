import ipaddr from 'ipaddr.js';

export interface IpHeader {
  readonly version: 4 | 6;
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  /** Where what it carries begins. */
  readonly offset: number;
  /** Octets that it carries, as it says itself. */
  readonly length: number;
  readonly fragmentOf: string | null;
  readonly isLaterFragment: boolean;
}

/** Null when there is no IP header at `offset`. `frameLength` is the frame's on the wire. */
export const readIp = (view: DataView, offset: number, frameLength: number): IpHeader | null => {
  if (offset >= view.byteLength) return null;
  const version = view.getUint8(offset) >> 4;
  if (version === 4) return readIpv4(view, offset, frameLength);
  return version === 6 ? readIpv6(view, offset, frameLength) : null;
};

const readIpv4 = (view: DataView, offset: number, frameLength: number): IpHeader | null => {
  if (view.byteLength < offset + 20) return null;
  const header = (view.getUint8(offset) & 0x0f) * 4;
  if (header < 20 || view.byteLength < offset + header) return null;
  // 0 is what the kernel writes into packets larger than the field can tell.
  const total = view.getUint16(offset + 2) || frameLength - offset;
  if (total < header || total === Infinity) return null;
  const protocol = view.getUint8(offset + 9);
  const source = ipv4Text(view.getUint32(offset + 12));
  const destination = ipv4Text(view.getUint32(offset + 16));
  const fragment = view.getUint16(offset + 6);
  const isFragment = (fragment & 0x3fff) !== 0;
  return {
    version: 4,
    source,
    destination,
    protocol,
    offset: offset + header,
    length: total - header,
    fragmentOf: isFragment ? `${source} ${destination} ${protocol} ${view.getUint16(offset + 4)}` : null,
    isLaterFragment: (fragment & 0x1fff) !== 0,
  };
};

/** Extension headers that are passed over; all but the fragment header have their length in the second octet. */
const extensions = new Set([0, 43, 60, 135, 139, 140]);
const fragmentHeader = 44;
const authenticationHeader = 51;

const readIpv6 = (view: DataView, offset: number, frameLength: number): IpHeader | null => {
  if (view.byteLength < offset + 40) return null;
  const end = offset + 40 + (view.getUint16(offset + 4) || frameLength - offset - 40);
  const source = ipv6Text(view, offset + 8);
  const destination = ipv6Text(view, offset + 24);
  let protocol = view.getUint8(offset + 6);
  let at = offset + 40;
  let fragmentOf: string | null = null;
  while (extensions.has(protocol) || protocol === fragmentHeader || protocol === authenticationHeader) {
    if (view.byteLength < at + 8) return null;
    const next = view.getUint8(at);
    if (protocol === fragmentHeader) {
      const position = view.getUint16(at + 2);
      if ((position & 0xfff9) !== 0) fragmentOf = `${source} ${destination} ${view.getUint32(at + 4)}`;
      if ((position & 0xfff8) !== 0) {
        return at + 8 > end || end === Infinity
          ? null
          : {
              version: 6,
              source,
              destination,
              protocol: next,
              offset: at + 8,
              length: end - at - 8,
              fragmentOf,
              isLaterFragment: true,
            };
      }
    }
    const words = view.getUint8(at + 1);
    at += protocol === fragmentHeader ? 8 : protocol === authenticationHeader ? (words + 2) * 4 : (words + 1) * 8;
    protocol = next;
  }
  if (at > end || end === Infinity) return null;
  return {
    version: 6,
    source,
    destination,
    protocol,
    offset: at,
    length: end - at,
    fragmentOf,
    isLaterFragment: false,
  };
};

export const ipv4Text = (address: number): string =>
  `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;

const ipv6Text = (view: DataView, offset: number): string =>
  new ipaddr.IPv6(Array.from({ length: 8 }, (_, part) => view.getUint16(offset + part * 2))).toRFC5952String();
