import { posix } from 'node:path';
import type { Diagnostic, Parsed } from '../../model/diagnostic.ts';
import type { Scenario, Variant } from '../../model/scenario.ts';
import type { Topology } from '../../model/topology.ts';
import { isGlob, matchesGlob } from '../../util/glob.ts';
import { suggestionHint } from '../../util/suggest.ts';
import { unlessErrors } from '../../util/parsed.ts';
import { createServices } from '../topology/service-schema.ts';
import type { Path } from '../../util/yaml/locate.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';
import type { YamlFile } from '../../util/yaml/yaml-file.ts';
import { checkExpectations } from './check-expectations.ts';
import { checkVariant } from './check-variant.ts';
import { layersOf, type Layers } from './layers.ts';
import { findActivity, findAtomic, isInBrokenFile, numberOf, type Library } from './library.ts';
import { scenarioSchema, type ScenarioFile } from './schema.ts';

// A test that has not ended by then hangs.
const defaultTimeoutSeconds = 300;

/** A suite (`scenarios/*.yaml`), with everything it refers to looked up. */
export const parseScenario = (file: string, text: string, library: Library): Parsed<Scenario> => {
  const loaded = loadYaml(file, text, scenarioSchema);
  if (!loaded.ok) return loaded;
  const yaml = loaded.value;
  const { id, name, description } = yaml.value;
  const problems: Diagnostic[] = checkId(yaml);
  const topology = findTopology(yaml, library, problems);
  const detections = findDetections(yaml, library, problems);
  const variants = Object.keys(yaml.value.variants).flatMap((key): Variant[] => {
    const layers = layersOf(yaml.value, key);
    const guid = findGuid(key, layers, yaml, library, problems);
    const variant = createVariant(key, guid ?? '', layers, yaml);
    if (topology !== null) problems.push(...checkVariant(variant, layers, topology, yaml, library));
    problems.push(...checkExpectations(variant, layers, detections, yaml, library));
    return guid === null ? [] : [variant];
  });
  const scenario = {
    id,
    name,
    description,
    topology: yaml.value.topology,
    environment: findEnvironment(yaml, library, problems),
    timeScale: yaml.value.clock.scale,
    detections,
    variants,
    background: findBackground(yaml, library, problems),
    freshHosts: yaml.value.fresh_hosts,
    place: yaml.place(['name']),
  };
  return unlessErrors(scenario, [...loaded.diagnostics, ...new Map(problems.map((one) => [keyOf(one), one])).values()]);
};

// What stands in the defaults is wrong for every variant, and is said once.
const keyOf = ({ code, message, place }: Diagnostic): string =>
  JSON.stringify([code, message, place?.line, place?.column]);

const checkId = (yaml: YamlFile<ScenarioFile>): Diagnostic[] => {
  const stem = posix.basename(yaml.source.file, '.yaml');
  const message = `the id of a scenario is the name of its file, "${stem}"`;
  return yaml.value.id === stem ? [] : [yaml.problem(['id'], { code: 'scenario/id-not-file-name', message })];
};

const findTopology = (yaml: YamlFile<ScenarioFile>, library: Library, problems: Diagnostic[]): Topology | null => {
  const name = yaml.value.topology;
  const topology = library.topologies.get(name);
  if (topology === undefined && !isInBrokenFile(library, name))
    problems.push(
      yaml.problem(['topology'], {
        code: 'scenario/unknown-topology',
        message: `there is no topology "${name}"`,
        hint: suggestionHint(name, [...library.topologies.keys()]),
      }),
    );
  return topology ?? null;
};

const findEnvironment = (yaml: YamlFile<ScenarioFile>, library: Library, problems: Diagnostic[]): string | null => {
  const name = yaml.value.environment;
  if (name === undefined) return null;
  if (!library.environments.has(name))
    problems.push(
      yaml.problem(['environment'], {
        code: 'scenario/unknown-environment',
        message: `there is no environment "${name}"`,
        hint: suggestionHint(name, [...library.environments]) ?? 'describe it in environments/<name>.yaml',
      }),
    );
  return name;
};

const findDetections = (yaml: YamlFile<ScenarioFile>, library: Library, problems: Diagnostic[]): readonly string[] => {
  const known = [...library.detections.keys()];
  const found = yaml.value.detections.flatMap((pattern, index) => {
    const matches = known.filter((id) => (isGlob(pattern) ? matchesGlob(pattern, id) : id === pattern));
    if (matches.length === 0 && !isInBrokenFile(library, pattern))
      problems.push(
        yaml.problem(['detections', index], {
          code: 'scenario/unknown-detection',
          message: isGlob(pattern) ? `no detection matches "${pattern}"` : `there is no detection "${pattern}"`,
          hint: suggestionHint(pattern, known),
        }),
      );
    return matches;
  });
  return [...new Set(found)].sort();
};

const findGuid = (
  name: string,
  { test }: Layers,
  yaml: YamlFile<ScenarioFile>,
  library: Library,
  problems: Diagnostic[],
): string | null => {
  if (test === null) {
    problems.push(
      yaml.problem(['variants', name], {
        code: 'scenario/no-atomic',
        message: `variant "${name}" names no atomic, and the defaults neither`,
        part: 'key',
      }),
    );
    return null;
  }
  if (test.kind === 'activity') return findActivityGuid(test.value, test.path, yaml, library, problems);
  const found = findAtomic(library, test.value);
  if (found === null && !isInBrokenFile(library, test.value.replace(/-\d+$/, '')))
    problems.push(
      yaml.problem(test.path, {
        code: 'scenario/unknown-atomic',
        message: `there is no atomic "${test.value}"`,
        hint: suggestionHint(
          test.value,
          [...library.atomics.values()].flatMap((one) => [one.guid, numberOf(one)]),
        ),
      }),
    );
  return found?.guid ?? null;
};

const findActivityGuid = (
  id: string,
  path: Path,
  yaml: YamlFile<ScenarioFile>,
  library: Library,
  problems: Diagnostic[],
): string | null => {
  const found = findActivity(library, id);
  if (found === null && !isInBrokenFile(library, id))
    problems.push(
      yaml.problem(path, {
        code: 'scenario/unknown-activity',
        message: `there is no activity "${id}"`,
        hint: suggestionHint(
          id,
          [...library.atomics.values()].flatMap(({ activity }) => activity?.id ?? []),
        ),
      }),
    );
  return found?.guid ?? null;
};

/** What goes on meanwhile must stay: a program that comes and goes would look like something a test left behind. */
const findBackground = (yaml: YamlFile<ScenarioFile>, library: Library, problems: Diagnostic[]): readonly string[] =>
  yaml.value.background.flatMap((id, index) => {
    const path = ['background', index];
    const guid = findActivityGuid(id, path, yaml, library, problems);
    const startedBy = findActivity(library, id)?.activity?.startedBy ?? null;
    if (startedBy !== null)
      problems.push(
        yaml.problem(path, {
          code: 'scenario/passing-background',
          message: `"${id}" starts a program for each poll, and a background must stay`,
          hint: 'run it as a variant of its own',
        }),
      );
    return guid === null ? [] : [guid];
  });

const createVariant = (name: string, atomic: string, layers: Layers, yaml: YamlFile<ScenarioFile>): Variant => ({
  name,
  description: yaml.value.variants[name]?.description ?? '',
  atomic,
  inputs: Object.fromEntries(layers.inputs.map(({ key, value }) => [key, value])),
  roles: Object.fromEntries(layers.roles.map(({ key, value }) => [key, value])),
  services: layers.services.flatMap(({ key: host, value }) =>
    createServices(value).map((service) => ({ host, service })),
  ),
  expect: {
    signals: layers.signals.map(({ key, value, path }) => ({
      signal: key,
      verdict: value,
      place: yaml.place(path, 'key'),
    })),
    detections: layers.detections.map(({ key, value, path }) => ({
      detection: key,
      verdict: value.verdict,
      clause: ('clause' in value ? value.clause : undefined) ?? null,
      phaseShare: ('phases' in value ? value.phases : undefined) ?? null,
      place: yaml.place(path, 'key'),
    })),
  },
  answers: layers.answers,
  timeoutSeconds: layers.timeoutSeconds ?? defaultTimeoutSeconds,
  place: yaml.place(['variants', name], 'key'),
});
