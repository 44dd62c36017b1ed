import type { ProvidedSoftware } from '../lab/software/provide-software.ts';
import type { DrillPlan, PlannedVariant } from './plan.ts';

/** Packages that each Linux host must have for a plan: its topology's, and its tests'. */
export const wantedSoftware = ({ hosts, variants }: DrillPlan): ReadonlyMap<string, readonly string[]> =>
  new Map(
    hosts
      .filter(({ persona }) => persona === 'linux')
      .map(({ name, software = [] }) => {
        const tests = variants.filter(({ host }) => host.name === name);
        const asked = tests.flatMap((planned) => [...planned.software.needed, ...planned.software.asked]);
        return [name, [...new Set([...software, ...asked])].sort()];
      }),
  );

/** The packages that a test cannot do without and the lab could not get, in words; null when there are none. */
export const missingNeed = ({ host, software }: PlannedVariant, missing: ProvidedSoftware['missing']): string | null =>
  describe([...(host.software ?? []), ...software.needed], host.name, missing);

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
