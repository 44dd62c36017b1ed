import ipaddr from 'ipaddr.js';
import type { Topology } from '../model/topology.ts';

/** Values of Defender's `RemoteIPType` and `LocalIPType`. */
export type AddressType = 'Public' | 'Private' | 'Reserved' | 'Loopback' | 'Teredo' | 'FourToSixMapping' | 'Broadcast';

/**
 * Defender documents the values and not the ranges behind them; this is IANA's special-purpose registry read by the values'
 * names. Link-local and shared (100.64.0.0/10) addresses are taken for Private, being routed by nobody: unverified.
 */
const types: Readonly<Record<string, AddressType>> = {
  unicast: 'Public',
  '6to4': 'Public',
  loopback: 'Loopback',
  private: 'Private',
  uniqueLocal: 'Private',
  linkLocal: 'Private',
  carrierGradeNat: 'Private',
  broadcast: 'Broadcast',
  teredo: 'Teredo',
  ipv4Mapped: 'FourToSixMapping',
};

/** What the product says of an address by itself; null when the text is no address. */
export const productAddressType = (address: string): AddressType | null =>
  ipaddr.isValid(address) ? (types[ipaddr.parse(address).range()] ?? 'Reserved') : null;

export interface ClassifiedAddress {
  readonly address: string;
  readonly type: AddressType | null;
  /** A zone of the topology says something else than the product would: the value rests on the declaration. */
  readonly declared: boolean;
}

const inPrefix = (address: ipaddr.IPv4 | ipaddr.IPv6, prefix: string): boolean => {
  const [network, length] = ipaddr.parseCIDR(prefix);
  return address.kind() === network.kind() && address.match(network, length);
};

/** The product's type, unless a declared zone holds the address and has another. */
export const classifyAddress = (address: string, topology: Topology): ClassifiedAddress => {
  const type = productAddressType(address);
  if (type === null) return { address, type, declared: false };
  const parsed = ipaddr.parse(address);
  const zone = topology.zones.find(({ prefix }) => inPrefix(parsed, prefix));
  if (zone === undefined || zone.ipType === type) return { address, type, declared: false };
  return { address, type: zone.ipType, declared: true };
};
