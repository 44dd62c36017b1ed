import type { Endpoint } from '../../formats/strace/socket-address.ts';
import type { LabEvent } from '../../model/event.ts';

const unspecified = new Set(['0.0.0.0', '::']);

/** An unspecified address is none: a socket that has not been bound says `0.0.0.0`. */
const known = (ip: string): string | undefined => (unspecified.has(ip) ? undefined : ip);

export const sourceColumns = (endpoint: Endpoint | null): Partial<LabEvent> =>
  endpoint === null || endpoint.port === 0 ? {} : { 'source.ip': known(endpoint.ip), 'source.port': endpoint.port };

export const destinationColumns = (endpoint: Endpoint): Partial<LabEvent> => ({
  'destination.ip': endpoint.ip,
  'destination.port': endpoint.port,
});

export const networkColumns = (protocol: 'tcp' | 'udp', { version }: Endpoint): Partial<LabEvent> => ({
  'network.transport': protocol,
  'network.type': version === 4 ? 'ipv4' : 'ipv6',
});
