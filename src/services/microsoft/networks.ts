import ipaddr from 'ipaddr.js';
import type { Provider } from '../../model/provider.ts';

/** Whether an IPv4 address is of a prefix. */
export const isWithin = (address: string, prefix: string): boolean =>
  ipaddr.IPv4.isValid(address) && ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(prefix));

/** Whose network an address is of: the narrowest prefix says it. */
export const providerOf = (address: string, providers: readonly Provider[]): Provider | null =>
  providers
    .filter(({ prefix }) => isWithin(address, prefix))
    .toSorted((one, other) => lengthOf(other) - lengthOf(one))[0] ?? null;

const lengthOf = ({ prefix }: Provider): number => ipaddr.IPv4.parseCIDR(prefix)[1];
