import type { Diagnostic, Parsed } from '../../model/diagnostic.ts';
import type { Provider } from '../../model/provider.ts';
import type { HostSpec, Topology } from '../../model/topology.ts';
import { suggestionHint } from '../../util/suggest.ts';
import { unlessErrors } from '../../util/parsed.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';
import type { YamlFile } from '../../util/yaml/yaml-file.ts';
import { checkAddresses } from './check-addresses.ts';
import { createZones } from './create-zones.ts';
import { topologySchema, type TopologyFile } from './schema.ts';
import { createServices } from './service-schema.ts';

/** A lab (`lab/topologies/*.yaml`): zones, hosts, services. `providers` is null when their own file did not load. */
export const parseTopology = (
  file: string,
  text: string,
  providers: ReadonlyMap<string, Provider> | null,
): Parsed<Topology> => {
  const loaded = loadYaml(file, text, topologySchema);
  if (!loaded.ok) return loaded;
  const yaml = loaded.value;
  const needsProviders = Object.values(yaml.value.zones).some(({ provider }) => provider !== undefined);
  // Not this file's fault, and reported where it is.
  if (providers === null && needsProviders) return { ok: false, diagnostics: loaded.diagnostics };
  const problems: Diagnostic[] = [];
  const zones = createZones(yaml, providers ?? new Map(), problems);
  const topology = {
    name: yaml.value.name,
    ...(yaml.value.profile === undefined ? {} : { profile: yaml.value.profile }),
    zones,
    hosts: createHosts(yaml, problems),
    ...(needsProviders ? { providers: [...(providers?.values() ?? [])] } : {}),
    place: yaml.place(['name']),
  };
  return unlessErrors(topology, [...loaded.diagnostics, ...problems, ...checkAddresses(topology, yaml)]);
};

const createHosts = (yaml: YamlFile<TopologyFile>, problems: Diagnostic[]): readonly HostSpec[] =>
  Object.entries(yaml.value.hosts).map(([name, { services, ...host }]) => {
    if (!Object.hasOwn(yaml.value.zones, host.zone))
      problems.push(
        yaml.problem(['hosts', name, 'zone'], {
          code: 'topology/unknown-zone',
          message: `there is no zone "${host.zone}"`,
          hint: suggestionHint(host.zone, Object.keys(yaml.value.zones)),
        }),
      );
    if (host.persona === 'windows' && !/^[^\\]+\\[^\\]+$/.test(host.user))
      problems.push(
        yaml.problem(['hosts', name, 'user'], {
          code: 'topology/user-without-domain',
          message: `a Windows user has a domain, and "${host.user}" has none`,
          hint: `write LAB\\${host.user}`,
        }),
      );
    if (host.persona === 'windows' && host.software.length > 0)
      problems.push(
        yaml.problem(['hosts', name, 'software'], {
          code: 'topology/software-on-windows',
          message: `Debian packages mean nothing to host "${name}", which passes for Windows`,
          part: 'key',
          hint: 'leave them out, or make it a linux host',
        }),
      );
    return { name, ...host, services: createServices(services) };
  });
