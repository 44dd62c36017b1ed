import type { Atomic } from '../model/atomic.ts';
import type { TableInfo } from '../model/table.ts';
import type { TestSetup } from '../model/test-setup.ts';
import { indexUnique, type Collector } from './collect.ts';
import { parseActivity } from './activities/parse-activity.ts';
import { parseAtomics } from './atomics/parse-atomics.ts';
import { resolveInputs } from './atomics/resolve-inputs.ts';
import { checkTable } from './signals/check-table.ts';
import { instantiateSignal } from './signals/instantiate-signal.ts';
import { parseSignals, type SignalFile } from './signals/parse-signals.ts';
import type { SignalTemplate } from './signals/signal-template.ts';
import { diagnose, type SourceFile } from '../util/source-file.ts';

export interface LoadedAtomics {
  readonly atomics: ReadonlyMap<string, Atomic>;
  readonly signals: ReadonlyMap<string, readonly SignalTemplate[]>;
  readonly setups: ReadonlyMap<string, TestSetup>;
}

// Upstream's own `Indexes` and payload folders hold YAML that is no test.
const isTests = ({ file }: SourceFile): boolean => /^atomics\/T[\d.]+\/T[\d.]+\.yaml$/.test(file);

const isSignals = ({ file }: SourceFile): boolean => /^atomics\/T[\d.]+\/signals\.yaml$/.test(file);

const isActivity = ({ file }: SourceFile): boolean => /^benign\/[^/]+\.yaml$/.test(file);

/** Atomic Red Team's files and the signals beside them; activities, which are tests that bring their own. */
export const loadAtomics = (
  files: readonly SourceFile[],
  tables: readonly TableInfo[] | null,
  collector: Collector,
): LoadedAtomics => {
  const parsedActivities = files
    .filter(isActivity)
    .flatMap((source) => collector.take(source, parseActivity(source.file, source.text)) ?? []);
  const activities = parsedActivities.map(({ test, signals }) => [test.guid, signals] as const);
  const tests = [
    ...files.filter(isTests).flatMap((source) => collector.take(source, parseAtomics(source.file, source.text)) ?? []),
    ...parsedActivities.map(({ test }) => test),
  ];
  const atomics = indexUnique(
    tests,
    ({ guid }) => guid,
    (atomic, first) => reportDuplicate(atomic, first, collector),
  );
  const brokenTests = [...collector.broken].map((file) => collector.sources.get(file)?.toLowerCase() ?? '');
  const signals = new Map<string, SignalTemplate[]>();
  const setups = new Map<string, TestSetup>();
  for (const [test, templates] of activities) signals.set(test, [...templates]);
  for (const source of files.filter(isSignals)) {
    const parsed = collector.take(source, parseSignals(source.file, source.text));
    if (parsed === null) continue;
    collector.report(source, [
      ...checkAgainstTests(parsed, atomics, brokenTests, signals),
      ...checkSetups(parsed, atomics),
      ...parsed.templates.flatMap((template) => (tables === null ? [] : checkTable(template, tables, parsed.yaml))),
    ]);
    for (const template of parsed.templates)
      signals.set(template.test, [...(signals.get(template.test) ?? []), template]);
    for (const [test, setup] of parsed.setups) setups.set(test, setup);
  }
  return { atomics, signals, setups };
};

const reportDuplicate = (atomic: Atomic, first: Atomic, collector: Collector): void => {
  const source = { file: atomic.place.file, text: collector.sources.get(atomic.place.file) ?? '' };
  const problem = {
    code: 'atomic/duplicate-guid' as const,
    message: `"${atomic.name}" has the GUID of "${first.name}" (${first.place.file}:${first.place.line})`,
    place: atomic.place,
    hint: 'give it one of its own: results are kept by GUID',
  };
  collector.report(source, [diagnose(source.text, problem)]);
};

const checkAgainstTests = (
  { templates, yaml }: SignalFile,
  atomics: ReadonlyMap<string, Atomic>,
  brokenTests: readonly string[],
  earlier: ReadonlyMap<string, readonly SignalTemplate[]>,
) =>
  templates.flatMap((template) => {
    const { test, id } = template;
    const atomic = atomics.get(test);
    if (atomic === undefined) {
      if (brokenTests.some((text) => text.includes(test)) || firstOf(templates, test) !== template) return [];
      const nearby = [...atomics.values()].filter(({ place }) => dirOf(place.file) === dirOf(template.place.file));
      return [
        yaml.problem([test], {
          code: 'signal/unknown-test',
          message: `no test has the GUID ${test}`,
          part: 'key',
          hint:
            nearby.length === 0
              ? null
              : `tests of this folder: ${nearby.map(({ guid, name }) => `${guid} (${name})`).join(', ')}`,
        }),
      ];
    }
    if (earlier.get(test)?.some((other) => other.id === id) === true)
      return [
        yaml.problem([test, id], {
          code: 'signal/duplicate-id',
          message: `another file has a signal "${id}" for this test`,
          part: 'key',
        }),
      ];
    const signal = instantiateSignal(template, atomic, resolveInputs(atomic, {}).inputs);
    return signal.ok ? [] : signal.problems.map(({ path, ...problem }) => yaml.problem([test, id, ...path], problem));
  });

/** Packages are for Linux hosts. */
const checkSetups = ({ setups, yaml }: SignalFile, atomics: ReadonlyMap<string, Atomic>) =>
  [...setups].flatMap(([test, { software }]) => {
    const atomic = atomics.get(test);
    if (software.length === 0 || atomic === undefined || atomic.platforms.includes('linux')) return [];
    return [
      yaml.problem([test, 'needs'], {
        code: 'signal/needs-without-linux',
        severity: 'warning',
        message: `Debian packages mean nothing to "${atomic.name}", which is for ${atomic.platforms.join(', ')}`,
        part: 'key',
      }),
    ];
  });

const firstOf = (templates: readonly SignalTemplate[], test: string): SignalTemplate | undefined =>
  templates.find((template) => template.test === test);

const dirOf = (file: string): string => file.slice(0, file.lastIndexOf('/'));
