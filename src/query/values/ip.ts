/** IPv4 addresses as unsigned 32-bit numbers, IPv6 as 128-bit ones. */

export interface Network {
  readonly address: bigint;
  /** Bits of the prefix. */
  readonly prefix: number;
}

const octet = String.raw`(25[0-5]|2[0-4]\d|1\d\d|0?\d?\d)`;
const ipv4Pattern = new RegExp(`^${octet}(?:\\.${octet})?(?:\\.${octet})?(?:\\.${octet})?$`);

/** Missing octets stand in the middle, as in `127.1`; null for what is no address. */
const parseAddress4 = (text: string): bigint | null => {
  const match = ipv4Pattern.exec(text);
  const octets = match?.slice(1).filter((part) => part !== undefined) ?? [];
  if (octets.length !== 4) return null;
  return octets.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
};

/** `10.0.0.0/8`; an address alone has a prefix of 32. */
export const parseIpv4 = (text: string): Network | null => {
  const [address = '', prefix, ...rest] = text.trim().split('/');
  const value = parseAddress4(address);
  if (value === null || rest.length > 0) return null;
  if (prefix === undefined) return { address: value, prefix: 32 };
  return /^\d{1,2}$/.test(prefix) && Number(prefix) <= 32 ? { address: value, prefix: Number(prefix) } : null;
};

/** The address with the bits after a prefix cleared. */
export const masked = (address: bigint, prefix: number, bits: 32 | 128): bigint => {
  const shift = BigInt(bits - prefix);
  return (address >> shift) << shift;
};

export const printIpv4 = (address: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join('.');

const groupsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));

const ipv6Groups = (text: string): readonly string[] | null => {
  // An IPv4 tail becomes two groups.
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (tail !== null) {
    const v4 = parseAddress4(tail[2] ?? '');
    if (v4 === null) return null;
    return ipv6Groups(`${tail[1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = [], end = []] = halves.map(groupsOf);
  if (halves.length === 1) return head.length === 8 ? head : null;
  const missing = 8 - head.length - end.length;
  return missing < 1 ? null : [...head, ...Array.from({ length: missing }, () => '0'), ...end];
};

const mappedPrefix = 0xffffn << 32n;

/** An IPv6 address or network; an IPv4 one is mapped (`::ffff:10.0.0.1`), its prefix counting from there. */
export const parseIpv6 = (text: string): Network | null => {
  const v4 = parseIpv4(text);
  if (v4 !== null) return { address: mappedPrefix | v4.address, prefix: v4.prefix + 96 };
  const [address = '', prefix, ...rest] = text.trim().replace(/%.*$/, '').split('/');
  const groups = ipv6Groups(address);
  if (groups?.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) !== true || rest.length > 0) return null;
  const value = groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
  if (prefix === undefined) return { address: value, prefix: 128 };
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= 128 ? { address: value, prefix: Number(prefix) } : null;
};

/** All eight groups with all their digits. */
export const printIpv6 = (address: bigint): string =>
  (address.toString(16).padStart(32, '0').match(/.{4}/g) ?? []).join(':');

/** -1, 0 or 1 between two networks under the shortest of their prefixes and one more. */
export const compareNetworks = (left: Network, right: Network, prefix: number, bits: 32 | 128): bigint => {
  const shared = Math.min(left.prefix, right.prefix, prefix);
  const [a, b] = [masked(left.address, shared, bits), masked(right.address, shared, bits)];
  return a === b ? 0n : a < b ? -1n : 1n;
};

/** Whether an address lies in a network. */
export const isInNetwork = (address: Network, network: Network, bits: 32 | 128): boolean =>
  address.prefix >= network.prefix &&
  masked(address.address, network.prefix, bits) === masked(network.address, network.prefix, bits);

const privateNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((text) => parseIpv4(text) ?? []);

export const isPrivate = (address: Network): boolean =>
  privateNetworks.some((network) => isInNetwork(address, network, 32));
