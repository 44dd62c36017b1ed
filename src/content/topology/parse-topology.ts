import type { Diagnostic, Parsed } from '../../model/diagnostic.ts';
import type { HostSpec, Topology, Zone } from '../../model/topology.ts';
import { suggestionHint } from '../../util/suggest.ts';
import { unlessErrors } from '../../util/parsed.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';
import type { YamlFile } from '../../util/yaml/yaml-file.ts';
import { checkAddresses } from './check-addresses.ts';
import type { Provider } from './providers.ts';
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
    place: yaml.place(['name']),
  };
  return unlessErrors(topology, [...loaded.diagnostics, ...problems, ...checkAddresses(topology, yaml)]);
};

const createZones = (
  yaml: YamlFile<TopologyFile>,
  providers: ReadonlyMap<string, Provider>,
  problems: Diagnostic[],
): readonly Zone[] =>
  Object.entries(yaml.value.zones).flatMap(([name, zone]) => {
    const provider = zone.provider === undefined ? null : providers.get(zone.provider);
    if (provider === undefined) {
      problems.push(
        yaml.problem(['zones', name, 'provider'], {
          code: 'topology/unknown-provider',
          message: `there is no provider "${zone.provider}"`,
          hint: suggestionHint(zone.provider ?? '', [...providers.keys()]),
        }),
      );
      return [];
    }
    const prefix = zone.prefix ?? provider?.prefix;
    const ipType = zone.ip_type ?? provider?.ip_type;
    if (prefix === undefined || ipType === undefined) {
      problems.push(
        yaml.problem(['zones', name], {
          code: 'topology/no-prefix',
          message: `zone "${name}" has neither a provider nor a prefix and an ip_type`,
          part: 'key',
          hint: 'name a provider of lab/data/autonomous-systems.yaml, or write prefix and ip_type',
        }),
      );
      return [];
    }
    const { number: asNumber = null, organization: asOrganization = null } = provider ?? {};
    const resolver = resolverOf(name, zone.resolver, yaml, problems);
    return [{ name, kind: zone.kind, prefix, ipType, asNumber, asOrganization, ...resolver }];
  });

/** The address of the host that a zone names as its resolver: it must be there, and answer. */
const resolverOf = (
  zone: string,
  resolver: string | undefined,
  yaml: YamlFile<TopologyFile>,
  problems: Diagnostic[],
): Pick<Zone, 'resolver'> => {
  if (resolver === undefined) return {};
  const path = ['zones', zone, 'resolver'];
  const { hosts } = yaml.value;
  const host = Object.hasOwn(hosts, resolver) ? hosts[resolver] : undefined;
  if (host === undefined) {
    const hint = suggestionHint(resolver, Object.keys(hosts));
    problems.push(
      yaml.problem(path, { code: 'topology/unknown-resolver', message: `there is no host "${resolver}"`, hint }),
    );
    return {};
  }
  if (!Object.values(host.services).some((service) => service.kind === 'dns' && service.port === 53))
    problems.push(
      yaml.problem(path, {
        code: 'topology/resolver-without-dns',
        message: `host "${resolver}" has no service that answers DNS on port 53`,
        hint: 'give it one: services: { names: { kind: dns, zones: … } }',
      }),
    );
  return { resolver: host.address };
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
