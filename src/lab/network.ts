import ipaddr from 'ipaddr.js';
import type { Zone } from '../model/topology.ts';

/** The router's address in a zone: the first of its prefix. */
export const gatewayOf = ({ prefix }: Zone): string => {
  const [network, bits] = ipaddr.IPv4.parseCIDR(prefix);
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.networkAddressFromCIDR(`${network.toString()}/${bits}`).octets;
  return [a, b, c, d + 1].join('.');
};

/** Whom the hosts of a zone ask for names. */
export const resolverOf = (zone: Zone): string => zone.resolver ?? gatewayOf(zone);

export const prefixLengthOf = ({ prefix }: Zone): number => ipaddr.IPv4.parseCIDR(prefix)[1];

export const isInZone = (address: string, { prefix }: Zone): boolean =>
  ipaddr.IPv4.isValid(address) && ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(prefix));

/** Two prefixes overlap when the wider holds the narrower's first address. */
export const prefixesOverlap = (one: string, other: string): boolean => {
  const a = ipaddr.IPv4.parseCIDR(one);
  const b = ipaddr.IPv4.parseCIDR(other);
  return a[1] <= b[1] ? b[0].match(a) : a[0].match(b);
};

/** A stable, locally administered hardware address: two runs of a drill look alike down to the frames. */
export const hardwareAddressOf = (address: string): string =>
  ['02', '00', ...address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':');

export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');
