import { posix } from 'node:path';
import type { Detection } from '../model/detection.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { indexUnique, type Collector } from './collect.ts';
import type { DeclaredDetection } from './detections/declared-detection.ts';
import { describeQuery } from './detections/describe-query.ts';
import { parseDetectionIndex } from './detections/parse-index.ts';
import { parseDocuments } from './detections/parse-documents.ts';
import { languageOf, queryLanguages, recognizeQuery } from './detections/query-language.ts';
import { isDocument, isQueryText } from './detections/recognize.ts';
import { diagnose, type SourceFile } from '../util/source-file.ts';

export interface LoadDetectionsOptions {
  /**
   * `project`: ours, where a bare query needs its entry in an index and nothing else may lie about. `foreign`: somebody's, where
   * queries speak for themselves and what is no detection is named and left alone.
   */
  readonly of: 'project' | 'foreign';
}

const isIndex = ({ file }: SourceFile): boolean => posix.basename(file) === 'index.yaml';

/** Detections of every kind that we know, told by content. */
export const loadDetections = (
  files: readonly SourceFile[],
  collector: Collector,
  options: LoadDetectionsOptions,
): ReadonlyMap<string, Detection> => {
  const queries = files.filter(({ file }) => isQueryText(file));
  for (const query of queries) collector.report(query, checkLanguage(query));
  const indexed = files
    .filter(isIndex)
    .flatMap((source) => collector.take(source, parseDetectionIndex(source.file, source.text, queries)) ?? []);
  const written = files
    .filter((source) => isDocument(source.file) && !isIndex(source))
    .flatMap((source) => loadDocuments(source, collector, options));
  const brokenIndexes = [...collector.broken].map((file) => collector.sources.get(file) ?? '');
  const isNamed = ({ file }: SourceFile): boolean =>
    indexed.some(({ detection }) => detection.place.file === file) ||
    // An index that did not load may well name it.
    brokenIndexes.some((text) => text.includes(posix.basename(file)));
  const bare = queries.filter((query) => !isNamed(query)).flatMap((query) => loadQuery(query, collector, options));
  for (const source of files.filter(({ file }) => !isDocument(file) && !isQueryText(file)))
    collector.report(source, [notRecognized(source, 'warning', 'Terraform’s own language is not read', terraformHint)]);
  return unique([...indexed, ...written, ...bare], collector);
};

const terraformHint = 'write the rule’s arguments as YAML or JSON, or as Terraform’s JSON (main.tf.json)';

const loadDocuments = (
  source: SourceFile,
  collector: Collector,
  { of }: LoadDetectionsOptions,
): readonly DeclaredDetection[] => {
  const severity = of === 'project' ? 'error' : 'warning';
  return parseDocuments(source.file, source.text, { notRecognized: severity }).flatMap((parsed) => {
    const found = collector.take(source, parsed);
    if (found === null) return [];
    const { file } = found.detection.place;
    // A query that stands in its file in a form of its own is shown by its own lines.
    if (file !== source.file) collector.sources.set(file, found.detection.text);
    return [found];
  });
};

const loadQuery = (
  source: SourceFile,
  collector: Collector,
  { of }: LoadDetectionsOptions,
): readonly DeclaredDetection[] => {
  const language = languageOf(source.file, source.text);
  const problem = (code: Diagnostic['code'], message: string, hint: string): readonly DeclaredDetection[] => {
    const place = { file: source.file, line: 1, column: 1 };
    collector.report(source, [diagnose(source.text, { code, message, place, hint })]);
    return [];
  };
  if (language === null) {
    collector.report(source, [notRecognized(source, 'warning', 'no query language shows in it', queryHint)]);
    return [];
  }
  if (of === 'foreign') return [describeQuery(source, language)];
  return problem(
    'detection/no-metadata',
    'no index.yaml says what this query is',
    'describe it in the index.yaml of its technique: id, title, platform, severity, techniques, schedule',
  );
};

/** A query in a file of the other language's name would be judged as what it is not. */
const checkLanguage = ({ file, text }: SourceFile): readonly Diagnostic[] => {
  const [named, said] = [queryLanguages[posix.extname(file).toLowerCase()] ?? null, recognizeQuery(text)];
  if (named === null || said === null || named === said) return [];
  const message = `this reads like ${languageNames[said]}, and is called ${languageNames[named]}`;
  const hint = `call it ${posix.basename(file, posix.extname(file))}.${said}`;
  const place = { file, line: 1, column: 1 };
  return [diagnose(text, { code: 'detection/wrong-language', severity: 'warning', message, place, hint })];
};

const languageNames = { kql: 'KQL', sumo: "Sumo Logic's language" } as const;

const queryHint = 'call the file .kql or .sumo';

const notRecognized = (
  { file, text }: SourceFile,
  severity: Diagnostic['severity'],
  reason: string,
  hint: string,
): Diagnostic =>
  diagnose(text, {
    code: 'detection/not-recognized',
    severity,
    message: `this is no detection that Tocsin knows: ${reason}`,
    place: { file, line: 1, column: 1 },
    hint,
  });

const unique = (detections: readonly DeclaredDetection[], collector: Collector): ReadonlyMap<string, Detection> => {
  const declared = indexUnique(
    detections,
    ({ detection }) => detection.id,
    ({ detection, declared: place }, first) => {
      const text = collector.sources.get(place.file) ?? '';
      const message = `there is a detection "${detection.id}" already (${first.declared.file}:${first.declared.line})`;
      collector.report({ file: place.file, text }, [
        diagnose(text, { code: 'detection/duplicate-id', message, place }),
      ]);
    },
  );
  return new Map([...declared].map(([id, { detection }]) => [id, detection]));
};
