import ipaddr from 'ipaddr.js';
import type { Provider } from '../model/provider.ts';

/**
 * Whose address it is: every look-up of an AS number or of a place reads this, whatever language asks. The narrowest prefix wins, as
 * in routing; null when no provider of the lab has the address, or the text is none.
 */
export const findProvider = (address: string, providers: readonly Provider[]): Provider | null => {
  if (!ipaddr.isValid(address)) return null;
  // A dual-stack socket names an IPv4 peer ::ffff:203.0.113.10.
  const plain = ipaddr.process(address);
  if (plain.kind() !== 'ipv4') return null;
  let found: Provider | null = null;
  for (const provider of providers) {
    const [network, length] = ipaddr.IPv4.parseCIDR(provider.prefix);
    const isNarrower = found === null || length > lengthOf(found);
    if (isNarrower && (plain as ipaddr.IPv4).match(network, length)) found = provider;
  }
  return found;
};

const lengthOf = ({ prefix }: Provider): number => ipaddr.IPv4.parseCIDR(prefix)[1];
