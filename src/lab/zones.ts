import type { Zone } from '../model/topology.ts';
import { gatewayOf, hardwareAddressOf, prefixLengthOf } from './network.ts';

/** A bridge for every zone, by the zone's name. */
export const zoneBridges = (zones: readonly Zone[]): ReadonlyMap<string, string> =>
  new Map(zones.map((zone, index) => [zone.name, `zone${index}`]));

/** A batch for ip(8) that makes the bridges, each with the router's address in its zone. */
export const renderZones = (zones: readonly Zone[], bridges: ReadonlyMap<string, string>): string =>
  [
    'link set lo up',
    ...zones.flatMap((zone) => {
      const bridge = bridges.get(zone.name) ?? '';
      const gateway = gatewayOf(zone);
      return [
        `link add ${bridge} address ${hardwareAddressOf(gateway)} type bridge stp_state 0 forward_delay 0`,
        `addr add ${gateway}/${prefixLengthOf(zone)} dev ${bridge}`,
        `link set ${bridge} up`,
      ];
    }),
    '',
  ].join('\n');
