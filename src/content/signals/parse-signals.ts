import type { Parsed } from '../../model/diagnostic.ts';
import type { TestSetup } from '../../model/test-setup.ts';
import { suggestionHint } from '../../util/suggest.ts';
import { unlessErrors } from '../../util/parsed.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';
import type { YamlText } from '../../util/yaml/yaml-file.ts';
import { checkFields } from './check-fields.ts';
import { signalFileSchema } from './schema.ts';
import type { SignalTemplate } from './signal-template.ts';

export interface SignalFile {
  readonly templates: readonly SignalTemplate[];
  /** By GUID of the test. */
  readonly setups: ReadonlyMap<string, TestSetup>;
  /** For what can only be said once the atomics are known. */
  readonly yaml: YamlText;
}

/** A `signals.yaml`: what tests of its folder must leave behind. */
export const parseSignals = (file: string, text: string): Parsed<SignalFile> => {
  const loaded = loadYaml(file, text, signalFileSchema);
  if (!loaded.ok) return loaded;
  const yaml = loaded.value;
  const tests = Object.entries(yaml.value);
  const templates = tests.flatMap(([test, { needs: _needs, runs_on: _runsOn, ...signals }]) =>
    Object.entries(signals).map(([id, entry]) => ({ id, test, entry, place: yaml.place([test, id], 'key') })),
  );
  const setups = new Map(tests.map(([test, { needs, runs_on: runsOn }]) => [test, { runsOn, software: needs }]));
  const diagnostics = [
    ...loaded.diagnostics,
    ...templates.flatMap((template) => [...checkFields(template, yaml), ...checkOrder(template, templates, yaml)]),
  ];
  return unlessErrors({ templates, setups, yaml }, diagnostics);
};

const checkOrder = ({ id, test, entry }: SignalTemplate, all: readonly SignalTemplate[], yaml: YamlText) => {
  const others = all.filter((other) => other.test === test && other.id !== id).map((other) => other.id);
  const after = entry.ordered_after;
  if (after === undefined || others.includes(after)) return [];
  return [
    yaml.problem([test, id, 'ordered_after'], {
      code: 'signal/unknown-signal',
      message: after === id ? `"${id}" cannot come after itself` : `"${after}" is no signal of this test`,
      hint: suggestionHint(after, others),
    }),
  ];
};
