import { isArray, type Dynamic } from '../../values/dynamic.ts';
import {
  compareNetworks,
  isInNetwork,
  isPrivate,
  masked,
  parseIpv4,
  parseIpv6,
  printIpv4,
  printIpv6,
  type Network,
} from '../../values/ip.ts';
import { rowTable, type RowSpec } from '../row-table.ts';

type Parse = (text: string) => Network | null;

const texts = (value: Dynamic): readonly string[] =>
  (isArray(value) ? value : [value])
    .flatMap((item) => (isArray(item) ? item : [item]))
    .filter((item) => typeof item === 'string');

const compare = (parse: Parse, bits: 32 | 128, isMatch: boolean): RowSpec => ({
  params: ['string', 'string', 'long'],
  required: 2,
  result: isMatch ? 'bool' : 'long',
  compute: (left: string, right: string, prefix: bigint | null) => {
    const [a, b] = [parse(left), parse(right)];
    if (a === null || b === null) return null;
    const order = compareNetworks(a, b, Number(prefix ?? BigInt(bits)), bits);
    return isMatch ? order === 0n : order;
  },
});

const inRange = (parse: Parse, bits: 32 | 128): RowSpec => ({
  params: ['string', 'string'],
  result: 'bool',
  compute: (address: string, range: string) => {
    const [a, b] = [parse(address), parse(range)];
    return a === null || b === null ? null : isInNetwork(a, b, bits);
  },
});

/** Ranges as arguments, or in arrays. */
const inAnyRange = (parse: Parse, bits: 32 | 128): RowSpec => ({
  params: ['string', 'dynamic'],
  variadic: true,
  result: 'bool',
  compute: (address: string, ranges: Dynamic) => {
    const parsed = parse(address);
    if (parsed === null) return null;
    return texts(ranges).some((range) => {
      const network = parse(range);
      return network !== null && isInNetwork(parsed, network, bits);
    });
  },
});

/** The fewest networks that hold the addresses from one to another, and no others. */
const cidrsOf = (from: string, to: string): Dynamic => {
  const [first, last] = [parseIpv4(from), parseIpv4(to)];
  if (first === null || last === null) return null;
  const networks: string[] = [];
  for (let at = first.address; at <= last.address;) {
    let bits = 0n;
    const reaches = (size: bigint): boolean => at % size === 0n && at + size - 1n <= last.address;
    while (bits < 32n && reaches(2n ** (bits + 1n))) bits++;
    networks.push(`${printIpv4(at)}/${32n - bits}`);
    at += 2n ** bits;
  }
  return networks;
};

const notPart = String.raw`[^0-9A-Za-z.:]`;
const addressPattern = new RegExp(`(?<=^|${notPart})\\d{1,3}(?:\\.\\d{1,3}){3}(?=$|${notPart})`, 'g');

/** IPv4 addresses that stand in a text between other characters. */
const addressesIn = (text: string): readonly string[] => text.match(addressPattern) ?? [];

const hasAddress = (text: string, wanted: readonly string[]): boolean => {
  const addresses = new Set(addressesIn(text).filter((address) => parseIpv4(address) !== null));
  return wanted.some((address) => addresses.has(address));
};

/** A prefix is an address, or whole octets with a dot at the end. */
const hasAddressPrefix = (text: string, prefixes: readonly string[]): boolean =>
  addressesIn(text).some(
    (address) =>
      parseIpv4(address) !== null &&
      prefixes.some((prefix) => (prefix.endsWith('.') ? address.startsWith(prefix) : address === prefix)),
  );

const hasAny = (test: (text: string, wanted: readonly string[]) => boolean): RowSpec => ({
  params: ['string', 'dynamic'],
  variadic: true,
  result: 'bool',
  compute: (text: string, wanted: Dynamic) => test(text, texts(wanted)),
});

/** Here, not where networks are compared, the prefix of an address with an IPv4 tail counts that tail's bits. */
const withTail = (text: string): Network | null => {
  const network = parseIpv6(text);
  const tailed = network !== null && /:.*\./.test(text) && network.prefix <= 32;
  return tailed ? { ...network, prefix: network.prefix + 96 } : network;
};

export const ipRowFunctions = rowTable({
  ipv4_compare: compare(parseIpv4, 32, false),
  ipv4_is_match: compare(parseIpv4, 32, true),
  ipv6_compare: compare(parseIpv6, 128, false),
  ipv6_is_match: compare(parseIpv6, 128, true),
  ipv4_is_in_range: inRange(parseIpv4, 32),
  ipv6_is_in_range: inRange(parseIpv6, 128),
  ipv4_is_in_any_range: inAnyRange(parseIpv4, 32),
  ipv6_is_in_any_range: inAnyRange(parseIpv6, 128),
  ipv4_is_private: {
    params: ['string'],
    result: 'bool',
    compute: (text: string) => {
      const address = parseIpv4(text);
      return address === null ? null : isPrivate(address);
    },
  },
  ipv4_netmask_suffix: {
    params: ['string'],
    result: 'long',
    compute: (text: string) => {
      const address = parseIpv4(text);
      return address === null ? null : BigInt(address.prefix);
    },
  },
  ipv4_range_to_cidr_list: { params: ['string', 'string'], result: 'dynamic', compute: cidrsOf },
  parse_ipv4: {
    params: ['string'],
    result: 'long',
    compute: (text: string) => {
      const network = parseIpv4(text);
      return network === null ? null : masked(network.address, network.prefix, 32);
    },
  },
  parse_ipv4_mask: {
    params: ['string', 'long'],
    result: 'long',
    compute: (text: string, prefix: bigint) => {
      const network = parseIpv4(text);
      return network === null ? null : masked(network.address, Math.min(network.prefix, Number(prefix)), 32);
    },
  },
  format_ipv4: {
    params: ['string', 'long'],
    required: 1,
    result: 'string',
    compute: (text: string, prefix: bigint | null) => {
      const network = /^\d+$/.test(text) ? { address: BigInt(text), prefix: 32 } : parseIpv4(text);
      return network === null
        ? null
        : printIpv4(masked(network.address, Math.min(network.prefix, Number(prefix ?? 32n)), 32));
    },
  },
  format_ipv4_mask: {
    params: ['string', 'long'],
    required: 1,
    result: 'string',
    compute: (text: string, prefix: bigint | null) => {
      const network = /^\d+$/.test(text) ? { address: BigInt(text), prefix: 32 } : parseIpv4(text);
      if (network === null) return null;
      const bits = Math.min(network.prefix, Number(prefix ?? 32n));
      return `${printIpv4(masked(network.address, bits, 32))}/${bits}`;
    },
  },
  parse_ipv6: {
    params: ['string'],
    result: 'string',
    compute: (text: string) => {
      const network = withTail(text);
      return network === null ? null : printIpv6(masked(network.address, network.prefix, 128));
    },
  },
  parse_ipv6_mask: {
    params: ['string', 'long'],
    result: 'string',
    compute: (text: string, prefix: bigint) => {
      const network = withTail(text);
      return network === null
        ? null
        : printIpv6(masked(network.address, Math.min(network.prefix, Number(prefix)), 128));
    },
  },
  has_ipv4: hasAny(hasAddress),
  has_any_ipv4: hasAny(hasAddress),
  has_ipv4_prefix: hasAny(hasAddressPrefix),
  has_any_ipv4_prefix: hasAny(hasAddressPrefix),
});
