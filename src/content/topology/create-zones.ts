import ipaddr from 'ipaddr.js';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Provider } from '../../model/provider.ts';
import type { Zone } from '../../model/topology.ts';
import { suggestionHint } from '../../util/suggest.ts';
import type { YamlFile } from '../../util/yaml/yaml-file.ts';
import type { TopologyFile } from './schema.ts';

/** The zones of a topology. What is wrong with them is added to `problems`. */
export const createZones = (
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
    const ipType = zone.ip_type ?? provider?.ipType;
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
    if (provider !== null && !isWithin(prefix, provider.prefix)) {
      problems.push(
        yaml.problem(['zones', name, 'prefix'], {
          code: 'topology/prefix-outside-provider',
          message: `${prefix} is not the provider's: "${provider.name}" has ${provider.prefix}`,
          hint: 'choose a part of it, or leave the prefix out for all of it',
        }),
      );
    }
    const { asNumber = null, asOrganization = null } = provider ?? {};
    const resolver = resolverOf(name, zone.resolver, yaml, problems);
    const translation = translationOf(name, yaml, problems);
    return [{ name, kind: zone.kind, prefix, ipType, asNumber, asOrganization, ...resolver, ...translation }];
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

const isWithin = (prefix: string, wider: string): boolean => {
  const [inner, outer] = [ipaddr.IPv4.parseCIDR(prefix), ipaddr.IPv4.parseCIDR(wider)];
  return inner[1] >= outer[1] && inner[0].match(outer);
};

/** How the zone's router translates; the hosts behind published ports must be of the zone. */
const translationOf = (
  zone: string,
  yaml: YamlFile<TopologyFile>,
  problems: Diagnostic[],
): Pick<Zone, 'translation'> => {
  const translation = yaml.value.zones[zone]?.translation;
  if (translation === undefined) return {};
  const { hosts } = yaml.value;
  const publish = translation.publish.flatMap(({ port, host, host_port: hostPort }, index) => {
    const behind = Object.hasOwn(hosts, host) ? hosts[host] : undefined;
    if (behind?.zone === zone) return [{ port, address: behind.address, hostPort }];
    const own = Object.keys(hosts).filter((name) => hosts[name]?.zone === zone);
    problems.push(
      yaml.problem(['zones', zone, 'translation', 'publish', index, 'host'], {
        code: 'topology/published-elsewhere',
        message: `zone "${zone}" has no host "${host}"`,
        hint: suggestionHint(host, own),
      }),
    );
    return [];
  });
  return { translation: { address: translation.address, publish } };
};
