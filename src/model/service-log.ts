import type { EventAction } from './event.ts';

/**
 * What services of the lab's internet log, by ECS dataset: the action that its events have. A service says what came in over the network
 * by printing a line of JSON, a `ServiceRecord`, after it is ready.
 */
export const serviceDatasets = {
  'dns.queries': 'name-served',
  /** Every HTTP request, and what was none. */
  'http.access': 'request-served',
  'azure.signinlogs': 'sign-in',
  'azure.auditlogs': 'directory-change',
  'azure.activitylogs': 'resource-operation',
  'c2.access': 'request-served',
  'proxy.access': 'request-relayed',
} as const satisfies Readonly<Record<string, EventAction>>;

export type ServiceDataset = keyof typeof serviceDatasets;

/**
 * For which connection of a client a proxy made which of its own. No telemetry of anything: what reaches a server through the proxy has by it
 * the cause of what reached the proxy.
 */
export const relayDataset = 'proxy.relays';

/** Services that keep such logs, by kind: a folder of `src/services`. */
export const datasetsOfKind: Readonly<Record<string, readonly ServiceDataset[]>> = {
  c2: ['c2.access'],
  dns: ['dns.queries'],
  microsoft: ['azure.signinlogs', 'azure.auditlogs', 'azure.activitylogs', 'http.access'],
  proxy: ['proxy.access'],
};

/** Who asked, as the service sees it: behind a router or a proxy, that is the router or the proxy. */
export interface ServiceClient {
  readonly ip: string;
  readonly port: number;
  readonly transport: 'tcp' | 'udp';
}

/** One record of a service's log, and what it is about. */
export interface ServiceRecord {
  readonly dataset: ServiceDataset | typeof relayDataset;
  /** Counts all records of one running service from 1, without a gap: a number that is missing was lost. */
  readonly sequence: number;
  readonly client: ServiceClient;
  /** As the product writes it. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** A service of the lab, as the harness started it: no process of a host can speak in its name. */
export interface ServiceName {
  /** Id of the step that it was started as. */
  readonly step: string;
  readonly kind: string;
}
