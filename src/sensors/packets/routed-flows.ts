import ipaddr from 'ipaddr.js';
import { flowKey, type Flow } from './flow.ts';
import { passes } from './translations.ts';

/** A zone as the router knows it. */
export interface RoutedZone {
  /** Name of its bridge. */
  readonly bridge: string;
  readonly prefix: string;
  /** The one address by which the others know it, where the router translates. */
  readonly outside: string | null;
}

/** What came to the router to be routed. */
export interface RoutedFlow {
  /** As it came in. */
  readonly before: Flow;
  /** As it went out; null when the router did not let it through. */
  readonly after: Flow | null;
}

/**
 * The flows that their zone's bridge hands to the router: from an address of the zone to one that is not in it. `translations` is of
 * `mapTranslations`; what is not translated goes out as it came in.
 */
export const findRouted = (
  flows: readonly Flow[],
  zones: readonly RoutedZone[],
  translations: ReadonlyMap<Flow, Flow>,
): readonly RoutedFlow[] => {
  const translated = new Map([...translations].map(([after, before]) => [before, after]));
  const alike = Map.groupBy(flows, flowKey);
  const plain = (before: Flow): Flow | undefined =>
    alike
      .get(flowKey(before))
      ?.find(
        ({ interface: name, opening, startMicros }) =>
          name !== before.interface && opening === before.opening && passes(before.startMicros, startMicros),
      );
  const prefixes = new Map(zones.map(({ bridge, prefix }) => [bridge, ipaddr.IPv4.parseCIDR(prefix)]));
  return flows.flatMap((before) => {
    const prefix = prefixes.get(before.interface);
    if (prefix === undefined || !isWithin(before.client.ip, prefix)) return [];
    const leaves = isUnicast(before.server.ip) && !isWithin(before.server.ip, prefix);
    return leaves ? [{ before, after: translated.get(before) ?? plain(before) ?? null }] : [];
  });
};

const isWithin = (address: string, prefix: [ipaddr.IPv4, number]): boolean =>
  ipaddr.IPv4.isValid(address) && ipaddr.IPv4.parse(address).match(prefix);

const isUnicast = (address: string): boolean =>
  ipaddr.IPv4.isValid(address) && !['multicast', 'broadcast'].includes(ipaddr.IPv4.parse(address).range());
