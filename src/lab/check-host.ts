import { HarnessError } from '../model/harness-error.ts';
import type { HostSpec, Zone } from '../model/topology.ts';
import { gatewayOf, isInZone } from './network.ts';

/** The zone a new host goes to; throws when its name or its address cannot be used. */
export const checkedZone = (spec: HostSpec, zones: readonly Zone[], others: readonly HostSpec[]): Zone => {
  const bad = (why: string): HarnessError =>
    new HarnessError(`host ${JSON.stringify(spec.name)} ${why}`, { code: 'lab/bad-host' });
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/.test(spec.name)) throw bad('has a name that no host can have');
  if (others.some(({ name }) => name === spec.name)) throw bad('is there already');
  const zone = zones.find(({ name }) => name === spec.zone);
  if (zone === undefined) throw bad(`is in zone ${JSON.stringify(spec.zone)}, which the lab does not have`);
  if (!isInZone(spec.address, zone)) throw bad(`has address ${spec.address}, which is not in ${zone.prefix}`);
  if (spec.address === gatewayOf(zone)) throw bad(`has address ${spec.address}, which is the router's`);
  const other = others.find(({ address }) => address === spec.address);
  if (other !== undefined) throw bad(`has address ${spec.address}, which is ${other.name}'s`);
  return zone;
};
