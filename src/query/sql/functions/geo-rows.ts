import { isArray, isBag, parseDynamic, type Dynamic, type DynamicBag } from '../../values/dynamic.ts';
import { isInNetwork, parseIpv6, type Network } from '../../values/ip.ts';
import { rowTable } from '../row-table.ts';

interface Known {
  readonly network: Network;
  readonly place: DynamicBag;
}

const isDefined = <T>(value: T | undefined): value is T => value !== undefined;

const placesIn = (json: string): readonly Known[] => {
  const list = parseDynamic(json);
  if (list === undefined || !isArray(list)) return [];
  return list.flatMap((row): Known[] => {
    if (!isBag(row)) return [];
    const range = row.get('network');
    const network = typeof range === 'string' ? parseIpv6(range) : null;
    return network === null ? [] : [{ network, place: new Map([...row].filter(([key]) => key !== 'network')) }];
  });
};

// One statement asks with the same list for every row.
let last: { readonly json: string; readonly places: readonly Known[] } | undefined;

const placeOf = (address: string, json: string): Dynamic => {
  const parsed = parseIpv6(address);
  if (parsed === null) return null;
  if (!isDefined(last) || last.json !== json) last = { json, places: placesIn(json) };
  const holding = last.places.filter(({ network }) => isInNetwork(parsed, network, 128));
  // The narrowest network says most.
  return holding.toSorted((a, b) => b.network.prefix - a.network.prefix)[0]?.place ?? null;
};

/** `geo_info_from_ip_address`, from a list of networks with their places as JSON. */
export const geoFunctions = rowTable({
  geo_info: { params: ['string', 'string'], result: 'dynamic', compute: placeOf },
});
