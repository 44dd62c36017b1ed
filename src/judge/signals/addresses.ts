import ipaddr from 'ipaddr.js';

/** Whether `text` is an address inside `prefix`; an IPv4 address written as IPv6 (`::ffff:…`) is that IPv4 address. */
export const isInPrefix = (text: string, prefix: string): boolean => {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  const [network, bits] = ipaddr.parseCIDR(prefix);
  return address.kind() === network.kind() && address.match(network, bits);
};
