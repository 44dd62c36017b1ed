import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Variant } from '../../model/scenario.ts';
import { suggest, suggestionHint } from '../../util/suggest.ts';
import type { YamlText } from '../../util/yaml/yaml-file.ts';
import type { Layers } from './layers.ts';
import { isInBrokenFile, type Library } from './library.ts';

/** Expectations name signals of the variant's test, detections of the scenario, and clauses that those really have. */
export const checkExpectations = (
  variant: Variant,
  layers: Layers,
  judged: readonly string[],
  yaml: YamlText,
  library: Library,
): readonly Diagnostic[] => [
  ...checkSignals(variant, layers, yaml, library),
  ...layers.detections.flatMap(({ key, value, path }) => {
    if (!judged.includes(key)) return unknownDetection(key, path, judged, yaml, library);
    const clause = 'clause' in value ? value.clause : undefined;
    return clause === undefined ? [] : checkClause(key, clause, [...path, 'clause'], yaml, library);
  }),
];

const checkSignals = (variant: Variant, layers: Layers, yaml: YamlText, library: Library): readonly Diagnostic[] => {
  if (!library.atomics.has(variant.atomic)) return [];
  const known = (library.signals.get(variant.atomic) ?? []).map(({ id }) => id);
  return layers.signals
    .filter(({ key }) => !known.includes(key) && !isInBrokenFile(library, key))
    .map(({ key, path }) =>
      yaml.problem(path, {
        code: 'scenario/unknown-signal',
        message: `the test has no signal "${key}"`,
        part: 'key',
        hint: suggestionHint(key, known),
      }),
    );
};

const unknownDetection = (
  id: string,
  path: readonly PropertyKey[],
  judged: readonly string[],
  yaml: YamlText,
  library: Library,
): readonly Diagnostic[] => {
  if (isInBrokenFile(library, id)) return [];
  const exists = library.detections.has(id);
  return [
    yaml.problem(path, {
      code: exists ? 'scenario/detection-not-judged' : 'scenario/unknown-detection',
      message: exists ? `this scenario does not judge "${id}"` : `there is no detection "${id}"`,
      part: 'key',
      hint: exists ? 'add it to detections' : suggestionHint(id, judged),
    }),
  ];
};

const checkClause = (
  id: string,
  clause: string,
  path: readonly PropertyKey[],
  yaml: YamlText,
  library: Library,
): readonly Diagnostic[] => {
  const text = oneLine(library.detections.get(id)?.text ?? '');
  if (text.includes(oneLine(clause))) return [];
  const lines = (library.detections.get(id)?.text ?? '')
    .split('\n')
    .map((line) => oneLine(line.replace(/^\s*\| where/, '')));
  const meant = suggest(clause, lines);
  return [
    yaml.problem(path, {
      code: 'scenario/unknown-clause',
      message: `"${id}" has no clause with this text`,
      hint: meant === null ? null : `did you mean ${meant}`,
    }),
  ];
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
