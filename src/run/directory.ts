import type { Directory } from '../model/directory.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { Variant } from '../model/scenario.ts';
import type { ServiceSpec, Topology } from '../model/topology.ts';

interface Placed {
  readonly topology: Topology;
  readonly variants: readonly Variant[];
}

/** Tells every cloud of a lab who its users are, and whose the addresses of the lab's internet: the hosts see no file of the project. */
export const withDirectory = (
  topology: Topology,
  variants: readonly Variant[],
  directory: Directory | null,
): Placed => {
  const providers = JSON.stringify(topology.providers ?? []);
  const told = (service: ServiceSpec): ServiceSpec => {
    if (service.kind !== 'microsoft') return service;
    if (directory === null)
      throw new HarnessError(`service ${service.name} has no directory to serve`, {
        code: 'lab/no-directory',
        hint: 'write lab/data/directory.yaml; docs/cloud.md says how',
      });
    return { ...service, options: { ...service.options, directory: JSON.stringify(directory), providers } };
  };
  return {
    topology: { ...topology, hosts: topology.hosts.map((host) => ({ ...host, services: host.services.map(told) })) },
    variants: variants.map((variant) => ({
      ...variant,
      services: variant.services.map(({ host, service }) => ({ host, service: told(service) })),
    })),
  };
};
