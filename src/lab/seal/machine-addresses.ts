import { networkInterfaces } from 'node:os';

/** Every address of the machine, link-local ones with their interface. */
export const machineAddresses = (): readonly string[] =>
  Object.entries(networkInterfaces())
    .flatMap(([name, addresses]) =>
      (addresses ?? []).map(({ address }) => (address.startsWith('fe80:') ? `${address}%${name}` : address)),
    )
    .sort();

/** IPv4 prefixes that the machine's interfaces are in, loopback apart. */
export const machinePrefixes = (): readonly string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .flatMap(({ cidr }) => cidr ?? []);
