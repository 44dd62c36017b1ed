import type { Atomic, Executor } from '../../model/atomic.ts';
import type { Parsed } from '../../model/diagnostic.ts';
import { unlessErrors } from '../../util/parsed.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';
import { checkAtomic } from './check-atomic.ts';
import { atomicFileSchema, type AtomicTest } from './schema.ts';

/** The tests of one Atomic Red Team file (`T1583.003.yaml`). */
export const parseAtomics = (file: string, text: string): Parsed<readonly Atomic[]> => {
  const loaded = loadYaml(file, text, atomicFileSchema);
  if (!loaded.ok) return loaded;
  const yaml = loaded.value;
  const { attack_technique: technique, display_name: techniqueName, atomic_tests: tests } = yaml.value;
  const atomics = tests.map((test, index) => ({
    technique,
    techniqueName,
    ...createAtomic(test),
    number: index + 1,
    place: yaml.place(['atomic_tests', index, 'name']),
  }));
  const diagnostics = [
    ...loaded.diagnostics,
    ...atomics.flatMap((atomic, index) => checkAtomic(atomic, ['atomic_tests', index], yaml)),
  ];
  return unlessErrors(atomics, diagnostics);
};

const createAtomic = (test: AtomicTest): Omit<Atomic, 'technique' | 'techniqueName' | 'number' | 'place'> => ({
  guid: test.auto_generated_guid,
  name: test.name,
  description: test.description,
  platforms: test.supported_platforms,
  inputs: Object.entries(test.input_arguments).map(([name, input]) => ({
    name,
    description: input.description,
    type: input.type.toLowerCase(),
    default: input.default,
  })),
  dependencyExecutor: test.dependency_executor_name ?? null,
  dependencies: (test.dependencies ?? []).map((dependency) => ({
    description: dependency.description,
    prereqCommand: dependency.prereq_command,
    getPrereqCommand: dependency.get_prereq_command,
  })),
  executor: createExecutor(test.executor),
});

const createExecutor = (executor: AtomicTest['executor']): Executor =>
  executor.name === 'manual'
    ? { name: 'manual', elevationRequired: executor.elevation_required, steps: executor.steps }
    : {
        name: executor.name,
        elevationRequired: executor.elevation_required,
        command: executor.command,
        cleanupCommand: executor.cleanup_command,
      };
