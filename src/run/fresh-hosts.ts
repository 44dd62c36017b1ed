import { gatewayOf, isInZone } from '../lab/network.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { Variant } from '../model/scenario.ts';
import type { HostSpec, Topology, Zone } from '../model/topology.ts';

/** A variant, and the role whose host its command runs on. */
export interface PlacedVariant {
  readonly variant: Variant;
  readonly runsOn: string;
}

/** The next address of a zone that nobody has. */
const freeAddress = (zone: Zone, hosts: readonly HostSpec[], from: string): string => {
  const taken = new Set([gatewayOf(zone), ...hosts.map(({ address }) => address)]);
  const number = from.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  for (let next = number + 1; ; next++) {
    const address = [24, 16, 8, 0].map((shift) => Math.floor(next / 2 ** shift) % 256).join('.');
    // The last address of a prefix is its broadcast's.
    if (!isInZone(address, zone) || address.endsWith('.255'))
      throw new HarnessError(`zone ${zone.name} has no address left for a fresh host`, { code: 'lab/no-address' });
    if (!taken.has(address)) return address;
  }
};

const freshName = (name: string, hosts: readonly HostSpec[]): string => {
  for (let count = 2; ; count++) {
    const candidate = `${name}-${count}`;
    if (!hosts.some((host) => host.name === candidate)) return candidate;
  }
};

/**
 * A topology in which no two variants run on one host: the first has the host it names, every other a twin of it, with a name and an
 * address of its own. So no test sees what another left, and all run side by side.
 */
export const withFreshHosts = (
  topology: Topology,
  placed: readonly PlacedVariant[],
): { readonly topology: Topology; readonly variants: readonly Variant[] } => {
  const hosts = [...topology.hosts];
  const used = new Set<string>();
  const variants = placed.map(({ variant, runsOn }) => {
    const name = variant.roles[runsOn] ?? '';
    const original = hosts.find((host) => host.name === name);
    const zone = topology.zones.find((one) => one.name === original?.zone);
    if (original === undefined || zone === undefined || !used.has(name)) {
      used.add(name);
      return variant;
    }
    const twin = { ...original, name: freshName(name, hosts), address: freeAddress(zone, hosts, original.address) };
    hosts.push(twin);
    const renamed = (host: string): string => (host === name ? twin.name : host);
    return {
      ...variant,
      roles: Object.fromEntries(Object.entries(variant.roles).map(([role, host]) => [role, renamed(host)])),
      services: variant.services.map(({ host, service }) => ({ host: renamed(host), service })),
    };
  });
  return { topology: { ...topology, hosts }, variants };
};
