import { posix } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Scenario } from '../model/scenario.ts';
import { suggestionHint } from '../util/suggest.ts';
import { createCollector, indexUnique, type Collector } from './collect.ts';
import type { Content } from './content.ts';
import { isAtomicFile, loadAtomics } from './load-atomics.ts';
import { isDetectionFile, loadDetections } from './load-detections.ts';
import { isLabFile, loadLabs } from './load-labs.ts';
import { readFiles } from './read-files.ts';
import type { Library } from './scenario/library.ts';
import { parseScenario } from './scenario/parse-scenario.ts';
import { diagnose, type SourceFile } from './source-file.ts';

export interface LoadOptions {
  /** Ids or files of the scenarios wanted; all of them when absent. */
  readonly scenarios?: readonly string[];
}

/**
 * Reads and checks everything below a project folder: `atomics`, `detections`, `lab`, `scenarios`. All problems of all
 * files come back in one pass; throws a HarnessError only when a file cannot be read.
 */
export const loadContent = async (root: string, options: LoadOptions = {}): Promise<Content> => {
  const [atomicFiles, detectionFiles, labFiles, scenarioFiles] = await Promise.all([
    readFiles(root, 'atomics', isAtomicFile),
    readFiles(root, 'detections', isDetectionFile),
    readFiles(root, 'lab', isLabFile),
    readFiles(root, 'scenarios', (path) => path.endsWith('.yaml')),
  ]);
  const collector = createCollector();
  const { atomics, signals } = loadAtomics(atomicFiles, collector);
  const detections = loadDetections(detectionFiles, collector);
  const { topologies, indicators } = loadLabs(labFiles, collector);
  const brokenTexts = [...collector.broken].map((file) => collector.sources.get(file) ?? '');
  const library = { atomics, signals, detections, topologies, brokenTexts };
  const scenarios = loadScenarios(scenarioFiles, options.scenarios ?? null, library, collector);
  return {
    atomics,
    signals,
    detections,
    topologies,
    scenarios,
    indicators,
    sources: collector.sources,
    diagnostics: collector.diagnostics.toSorted(inReadingOrder),
    counts: {
      files: collector.sources.size,
      filesNotLoaded: collector.broken.size,
      atomics: atomics.size,
      signals: [...signals.values()].flat().length,
      detections: detections.size,
      topologies: topologies.size,
      scenarios: scenarios.size,
    },
  };
};

const loadScenarios = (
  files: readonly SourceFile[],
  wanted: readonly string[] | null,
  library: Library,
  collector: Collector,
): ReadonlyMap<string, Scenario> => {
  const isNamed = ({ file }: SourceFile, name: string): boolean =>
    file === posix.normalize(name) || posix.basename(file, '.yaml') === name;
  const chosen = files.filter((file) => wanted === null || wanted.some((name) => isNamed(file, name)));
  const missing = (wanted ?? []).filter((name) => !files.some((file) => isNamed(file, name)));
  collector.diagnostics.push(...missing.map((name) => describeMissing(name, files)));
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

const describeMissing = (name: string, files: readonly SourceFile[]): Diagnostic => {
  const hint = suggestionHint(
    name,
    files.map(({ file }) => (name.includes('/') ? file : posix.basename(file, '.yaml'))),
  );
  return {
    code: 'scenario/no-such-scenario',
    severity: 'error',
    message: `there is no scenario "${name}"`,
    ...(hint === null ? {} : { hint }),
  };
};

const inReadingOrder = (a: Diagnostic, b: Diagnostic): number =>
  compareText(a.place?.file ?? '', b.place?.file ?? '') ||
  (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
  (a.place?.column ?? 0) - (b.place?.column ?? 0);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
