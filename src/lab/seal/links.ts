/** One network interface, as `ip -json -details link show` tells. */
export interface Link {
  /** `fabric`, or the name of a host. */
  readonly place: string;
  readonly name: string;
  readonly index: number;
  /** `loopback`, `bridge`, `veth` or whatever else it is. */
  readonly kind: string;
  /** Index of a veth's other end, which is in another network namespace; null when it is in this one. */
  readonly peerIndex: number | null;
}

interface IpLink {
  readonly ifindex: number;
  readonly ifname: string;
  readonly link_type: string;
  readonly link_index?: number;
  readonly linkinfo?: { readonly info_kind?: string };
}

/** Prints what `parseLinks` reads. */
export const showLinks = ['ip', '-json', '-details', 'link', 'show'] as const;

export const parseLinks = (place: string, json: string): readonly Link[] =>
  (JSON.parse(json) as readonly IpLink[]).map((link) => ({
    place,
    name: link.ifname,
    index: link.ifindex,
    kind: link.link_type === 'loopback' ? 'loopback' : (link.linkinfo?.info_kind ?? 'physical'),
    peerIndex: link.link_index ?? null,
  }));

/** Every link that is neither loopback, nor a bridge, nor a cable between the fabric and a host. Each as a sentence. */
export const findLeakingLinks = (fabric: readonly Link[], hosts: readonly Link[]): readonly string[] => {
  const isCable = (one: Link, others: readonly Link[]): boolean =>
    one.kind === 'veth' &&
    others.filter((other) => other.kind === 'veth' && other.index === one.peerIndex && other.peerIndex === one.index)
      .length === 1;
  const isSealed = (link: Link): boolean =>
    link.kind === 'loopback' ||
    (link.place === 'fabric' ? link.kind === 'bridge' || isCable(link, hosts) : isCable(link, fabric));
  return [...fabric, ...hosts]
    .filter((link) => !isSealed(link))
    .map((link) => `${link.name} of ${link.place} (${link.kind}) leads out of the lab`);
};
