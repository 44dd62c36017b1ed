import type { Persona } from './persona.ts';
import type { Place } from './place.ts';
import type { Provider } from './provider.ts';

/** A port of a translated zone's outside address that leads to one of its hosts. */
export interface PublishedPort {
  readonly port: number;
  /** Address and port of the host behind. */
  readonly address: string;
  readonly hostPort: number;
}

/** How a router hides a zone: what its hosts send outside comes from one address, and nothing comes in unasked but to published ports. */
export interface Translation {
  /** Of no zone; a provider has it. */
  readonly address: string;
  readonly publish: readonly PublishedPort[];
}

/** A network segment of the lab: one bridge, one prefix. */
export interface Zone {
  readonly name: string;
  readonly kind: 'corporate' | 'internet';
  /** IPv4 prefix, for example `10.13.37.0/24`. */
  readonly prefix: string;
  /** What address-classifying products would say of the zone; a declared zone is a mark on what rests on it. */
  readonly ipType: 'Public' | 'Private';
  readonly asNumber: number | null;
  readonly asOrganization: string | null;
  /** Address of the host that answers the zone's DNS questions. Without one, hosts ask the zone's gateway, and nobody answers. */
  readonly resolver?: string | undefined;
  /** Absent: its addresses are seen as they are. */
  readonly translation?: Translation | undefined;
}

/** A real server that the lab runs on a host; its own processes are lab furniture and appear in no product table. */
export interface ServiceSpec {
  readonly name: string;
  /** A folder of `src/services`. */
  readonly kind: string;
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

export interface HostSpec {
  readonly name: string;
  readonly persona: Persona;
  readonly zone: string;
  readonly address: string;
  /** For example `LAB\\analyst`; a Linux host has its user names. */
  readonly user: string;
  readonly services: readonly ServiceSpec[];
  /** Debian packages that it has beyond its root's own; a Windows host has none. */
  readonly software?: readonly string[] | undefined;
  /** Up in every drill of the topology, whether or not a scenario names it. */
  readonly always?: boolean | undefined;
}

/** How the sensors of a fleet are set up: files of `src/telemetry/profiles`. */
export const sensorProfiles = [
  'lab',
  'windows-default',
  'sysmon-established',
  'mde-dedup',
  'mde-aggregated',
  'production',
] as const;

/** Hosts, networks, zones, addresses and services of a lab. */
export interface Topology {
  readonly name: string;
  /** Absent: `lab`. */
  readonly profile?: (typeof sensorProfiles)[number] | undefined;
  readonly zones: readonly Zone[];
  readonly hosts: readonly HostSpec[];
  /** Whose addresses the lab's internet is of; the narrowest prefix that holds an address says it. */
  readonly providers?: readonly Provider[] | undefined;
  readonly place: Place;
}
