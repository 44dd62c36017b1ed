import ipaddr from 'ipaddr.js';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Topology, Zone } from '../../model/topology.ts';
import { findProvider } from '../../util/find-provider.ts';
import type { YamlText } from '../../util/yaml/yaml-file.ts';

/** Every host in its zone's prefix, at an address of its own; no two zones share addresses. */
export const checkAddresses = ({ zones, hosts, providers = [] }: Topology, yaml: YamlText): readonly Diagnostic[] => {
  const diagnostics: Diagnostic[] = [];
  for (const [index, zone] of zones.entries()) {
    const other = zones.slice(0, index).find((earlier) => overlaps(earlier, zone));
    if (other !== undefined)
      diagnostics.push(
        yaml.problem(['zones', zone.name], {
          code: 'topology/overlapping-zones',
          message: `${zone.prefix} and ${other.prefix} of zone "${other.name}" share addresses`,
          part: 'key',
        }),
      );
    const outside = zone.translation?.address;
    const path = ['zones', zone.name, 'translation', 'address'];
    if (outside === undefined) continue;
    const owner = zones.find(({ prefix }) => ipaddr.IPv4.parse(outside).match(ipaddr.IPv4.parseCIDR(prefix)));
    if (owner !== undefined || findProvider(outside, providers) === null)
      diagnostics.push(
        yaml.problem(path, {
          code: 'topology/address-not-outside',
          message:
            owner === undefined
              ? `${outside} is no address of a provider`
              : `${outside} belongs to the hosts of zone "${owner.name}"`,
          hint: 'choose an address of a provider of lab/data/autonomous-systems.yaml that no zone has',
        }),
      );
  }
  for (const [index, host] of hosts.entries()) {
    const path = ['hosts', host.name, 'address'];
    const zone = zones.find(({ name }) => name === host.zone);
    if (zone !== undefined && !contains(zone.prefix, host.address))
      diagnostics.push(
        yaml.problem(path, {
          code: 'topology/address-outside-zone',
          message: `${host.address} is not a host address of zone "${zone.name}"`,
          hint: `choose one inside ${zone.prefix}`,
        }),
      );
    const other = hosts.slice(0, index).find(({ address }) => address === host.address);
    if (other !== undefined)
      diagnostics.push(
        yaml.problem(path, {
          code: 'topology/duplicate-address',
          message: `${host.address} is the address of host "${other.name}" already`,
        }),
      );
  }
  return diagnostics;
};

const overlaps = (a: Zone, b: Zone): boolean => {
  const [first, second] = [ipaddr.IPv4.parseCIDR(a.prefix), ipaddr.IPv4.parseCIDR(b.prefix)];
  return first[1] < second[1] ? second[0].match(first) : first[0].match(second);
};

// The first and the last address of a prefix belong to the network, not to a host.
const contains = (prefix: string, address: string): boolean =>
  ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(prefix)) &&
  ![ipaddr.IPv4.networkAddressFromCIDR(prefix), ipaddr.IPv4.broadcastAddressFromCIDR(prefix)]
    .map(String)
    .includes(address);
