import type { HostSpec, Zone } from '../model/topology.ts';
import { gatewayOf, hardwareAddressOf, prefixLengthOf } from './network.ts';

interface WiringInput {
  readonly bridges: ReadonlyMap<string, string>;
  readonly spec: HostSpec;
  readonly zone: Zone;
  readonly link: string;
  readonly initPid: number;
}

/** Two batches for ip(8): one makes the cable in the fabric, the other sets up the host's end of it. */
export const renderWiring = ({
  bridges,
  spec,
  zone,
  link,
  initPid,
}: WiringInput): { fabric: string; host: string } => ({
  fabric: [
    `link add ${link} type veth peer name eth0 address ${hardwareAddressOf(spec.address)} netns ${initPid}`,
    `link set ${link} master ${bridges.get(zone.name) ?? ''} up`,
    '',
  ].join('\n'),
  host: [
    'link set lo up',
    `addr add ${spec.address}/${prefixLengthOf(zone)} dev eth0`,
    'link set eth0 up',
    `route add default via ${gatewayOf(zone)}`,
    '',
  ].join('\n'),
});
