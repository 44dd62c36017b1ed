import type { ProvidedSoftware } from '../lab/software/provide-software.ts';
import type { HostSpec, ServiceSpec } from '../model/topology.ts';
import type { DrillPlan, PlannedVariant } from './plan.ts';

/** Packages that a service of the lab is made of. */
const softwareOfServices: Readonly<Record<string, readonly string[]>> = { syslog: ['rsyslog', 'snoopy'] };

const hostSoftware = ({ software = [], services }: HostSpec): readonly string[] => [
  ...software,
  ...services.flatMap(({ kind }) => softwareOfServices[kind] ?? []),
];

/** Packages that each Linux host must have for a plan: its topology's, and its tests'. */
export const wantedSoftware = ({
  hosts,
  variants,
}: Pick<DrillPlan, 'hosts' | 'variants'>): ReadonlyMap<string, readonly string[]> =>
  new Map(
    hosts
      .filter(({ persona }) => persona === 'linux')
      .map((spec) => {
        const { name } = spec;
        const tests = variants.filter(({ host }) => host.name === name);
        const asked = tests.flatMap((planned) => [...planned.software.needed, ...planned.software.asked]);
        return [name, [...new Set([...hostSoftware(spec), ...asked])].sort()];
      }),
  );

/** Whether a service has what it is made of; a host without goes without it, and its tests are not run. */
export const canStart = (host: string, { kind }: ServiceSpec, missing: ProvidedSoftware['missing']): boolean =>
  (softwareOfServices[kind] ?? []).every((name) => missing.get(host)?.has(name) !== true);

/** The packages that a test cannot do without and the lab could not get, in words; null when there are none. */
export const missingNeed = ({ host, software }: PlannedVariant, missing: ProvidedSoftware['missing']): string | null =>
  describe([...hostSoftware(host), ...software.needed], host.name, missing);

/** The same of the packages that its prerequisites ask for: why one of them may not be met. */
export const missingAsked = ({ host, software }: PlannedVariant, missing: ProvidedSoftware['missing']): string | null =>
  describe(software.asked, host.name, missing);

const describe = (names: readonly string[], host: string, missing: ProvidedSoftware['missing']): string | null => {
  const without = [...new Set(names)].flatMap((name) => {
    const found = missing.get(host)?.get(name);
    return found === undefined ? [] : [`package ${name} cannot be had: ${found.reason} (${found.fix})`];
  });
  return without.length === 0 ? null : without.join('; ');
};
