import type { BaselineScenario, Cause, EnvironmentChange } from '../../model/baseline.ts';

/** What a fact of the environment stands for. What is not listed is the machine's. */
const causeOf = (name: string): Cause => {
  if (name === 'engine') return 'engine';
  if (name === 'schemas') return 'schema';
  return name.startsWith('sensor.') || name === 'strace' ? 'sensor' : 'machine';
};

/** Every fact around the tests and rules that is not as it was, sorted by name. */
export const environmentChanges = (
  scenario: string,
  before: BaselineScenario,
  after: BaselineScenario,
): readonly EnvironmentChange[] => {
  const [old, now] = [factsOf(before), factsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .filter((name) => old.get(name)?.value !== now.get(name)?.value)
    .map((name) => ({
      scenario,
      name,
      cause: (old.get(name) ?? now.get(name))?.cause ?? 'machine',
      before: old.get(name)?.value ?? null,
      after: now.get(name)?.value ?? null,
    }));
};

const factsOf = ({ driver, attack, environment }: BaselineScenario) =>
  new Map<string, { readonly cause: Cause; readonly value: string }>([
    ['driver', { cause: 'driver', value: driver }],
    ['attack', { cause: 'attack', value: attack }],
    ...Object.entries(environment).map(([name, value]) => [name, { cause: causeOf(name), value }] as const),
  ]);
