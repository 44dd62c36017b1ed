import { posix } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Scenario } from '../model/scenario.ts';
import { suggestionHint } from '../util/suggest.ts';
import { indexUnique, type Collector } from './collect.ts';
import type { Library } from './scenario/library.ts';
import { parseScenario } from './scenario/parse-scenario.ts';
import { diagnose, type SourceFile } from '../util/source-file.ts';

/** The scenarios that are wanted, or all. */
export const loadScenarios = (
  files: readonly SourceFile[],
  wanted: readonly string[] | null,
  library: Library,
  collector: Collector,
): ReadonlyMap<string, Scenario> => {
  const scenarioFiles = files.filter(({ file }) => file.endsWith('.yaml'));
  const chosen = scenarioFiles.filter((file) => wanted === null || wanted.some((name) => isNamed(file, name)));
  const missing = (wanted ?? []).filter((name) => !scenarioFiles.some((file) => isNamed(file, name)));
  collector.diagnostics.push(...missing.map((name) => describeMissing(name, scenarioFiles)));
  const scenarios = chosen.flatMap((source) => {
    const scenario = collector.take(source, parseScenario(source.file, source.text, library));
    return scenario === null ? [] : [scenario];
  });
  return indexUnique(
    scenarios,
    ({ id }) => id,
    ({ id, place }, first) => {
      const source = { file: place.file, text: collector.sources.get(place.file) ?? '' };
      const message = `scenario "${id}" is ${first.place.file} already`;
      collector.report(source, [diagnose(source.text, { code: 'scenario/duplicate-id', message, place })]);
    },
  );
};

// A scenario's id is the name of its file, so it can be found before it is read.
const isNamed = ({ file }: SourceFile, name: string): boolean =>
  file === posix.normalize(name) || posix.basename(file, '.yaml') === name;

const describeMissing = (name: string, files: readonly SourceFile[]): Diagnostic => {
  const names = files.map(({ file }) => (name.includes('/') ? file : posix.basename(file, '.yaml')));
  const hint = suggestionHint(name, names);
  return {
    code: 'scenario/no-such-scenario',
    severity: 'error',
    message: `there is no scenario "${name}"`,
    ...(hint === null ? {} : { hint }),
  };
};
