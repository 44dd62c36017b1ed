/** Link types (https://www.tcpdump.org/linktypes.html) whose frames are read. */
export const linkTypes = {
  null: 0,
  ethernet: 1,
  raw: 101,
  loop: 108,
  linuxSll: 113,
  ipv4: 228,
  ipv6: 229,
  linuxSll2: 276,
} as const;

export type LinkPayload =
  /** Where the IP header begins. */
  | { readonly kind: 'ip'; readonly offset: number }
  /** Not IP, for example `ARP`. */
  | { readonly kind: 'other'; readonly what: string }
  | { readonly kind: 'damaged'; readonly what: string };

const cutOff: LinkPayload = { kind: 'damaged', what: 'frames that end within their link header' };
const other = (what: string): LinkPayload => ({ kind: 'other', what });

const etherTypes = new Map([
  [0x0806, 'ARP'],
  [0x88cc, 'LLDP'],
]);
const tags = new Set([0x8100, 0x88a8, 0x9100]);

/** What a link layer carries. */
export const readLink = (linkType: number, view: DataView): LinkPayload => {
  switch (linkType) {
    case linkTypes.ethernet:
      return byEtherType(view, 12);
    case linkTypes.linuxSll:
      return byEtherType(view, 14);
    case linkTypes.linuxSll2:
      return view.byteLength < 20 ? cutOff : byType(view.getUint16(0), 20);
    case linkTypes.null:
    case linkTypes.loop:
      return byFamily(view);
    case linkTypes.raw:
    case linkTypes.ipv4:
    case linkTypes.ipv6:
      return view.byteLength === 0 ? cutOff : { kind: 'ip', offset: 0 };
    default:
      return { kind: 'damaged', what: `frames of link type ${linkType}, which is not known` };
  }
};

/** The type stands at `at`, and after each VLAN tag again. */
const byEtherType = (view: DataView, at: number): LinkPayload => {
  for (let offset = at; offset + 2 <= view.byteLength; offset += 4) {
    const type = view.getUint16(offset);
    if (!tags.has(type)) return byType(type, offset + 2);
  }
  return cutOff;
};

const byType = (type: number, offset: number): LinkPayload => {
  if (type === 0x0800 || type === 0x86dd) return { kind: 'ip', offset };
  if (type < 0x0600) return other('IEEE 802.3');
  return other(etherTypes.get(type) ?? `EtherType 0x${type.toString(16).padStart(4, '0')}`);
};

/** BSD loopback: the address family, in the byte order of the machine that captured. IPv6 has a number per system. */
const byFamily = (view: DataView): LinkPayload => {
  if (view.byteLength < 4) return cutOff;
  const families = [view.getUint32(0), view.getUint32(0, true)];
  if (families.some((family) => [2, 10, 24, 28, 30].includes(family))) return { kind: 'ip', offset: 4 };
  return other('address family that is not IP');
};
