import type { Diagnostic } from '../model/diagnostic.ts';
import type { TableInfo } from '../model/table.ts';
import { createCollector, type Collector } from './collect.ts';
import type { Content } from './content.ts';
import { loadAtomics } from './load-atomics.ts';
import { loadDetections } from './load-detections.ts';
import { loadEnvironments } from './load-environments.ts';
import { loadLabs } from './load-labs.ts';
import { loadPlaybooks } from './load-playbooks.ts';
import { loadScenarios } from './load-scenarios.ts';
import { diagnose, type SourceFile } from '../util/source-file.ts';

export interface ContentOptions {
  /** Ids or files of the scenarios wanted; all of them when absent. */
  readonly scenarios?: readonly string[];
  /** The tables that signals may name, with their columns; when absent, nobody checks those. */
  readonly tables?: readonly TableInfo[];
}

/** Checks the files of a project, each by itself and all against each other. Touches no disk. */
export const createContent = (files: readonly SourceFile[], options: ContentOptions = {}): Content => {
  const collector = createCollector();
  checkExtensions(files, collector);
  const below = (folder: string): SourceFile[] => files.filter(({ file }) => file.startsWith(`${folder}/`));
  const { atomics, signals, setups } = loadAtomics(
    [...below('atomics'), ...below('benign')],
    options.tables ?? null,
    collector,
  );
  const detections = loadDetections(below('detections'), collector, { of: 'project' });
  const { topologies, indicators, directory } = loadLabs(below('lab'), collector);
  // With its name, which is an activity's id.
  const brokenTexts = [...collector.broken].map((file) => `${file}\n${collector.sources.get(file) ?? ''}`);
  const playbooks = loadPlaybooks(below('playbooks'), detections, brokenTexts, collector);
  const environments = loadEnvironments(below('environments'), collector);
  const library = {
    atomics,
    signals,
    setups,
    detections,
    topologies,
    environments: environmentNames(files),
    brokenTexts,
  };
  const scenarios = loadScenarios(below('scenarios'), options.scenarios ?? null, library, collector);
  return {
    atomics,
    signals,
    setups,
    detections,
    topologies,
    scenarios,
    playbooks,
    directory,
    environments,
    indicators,
    sources: collector.sources,
    diagnostics: collector.diagnostics.toSorted(inReadingOrder),
    counts: {
      files: collector.sources.size,
      filesNotLoaded: collector.broken.size,
      atomics: [...atomics.values()].filter(({ activity }) => activity === undefined).length,
      signals: [...signals.values()].flat().length,
      detections: detections.size,
      topologies: topologies.size,
      scenarios: scenarios.size,
    },
  };
};

const environmentNames = (files: readonly SourceFile[]): ReadonlySet<string> =>
  new Set(files.flatMap(({ file }) => /^environments\/([^/]+)\.yaml$/.exec(file)?.[1] ?? []));

const checkExtensions = (files: readonly SourceFile[], collector: Collector): void => {
  for (const source of files.filter(({ file }) => file.endsWith('.yml'))) {
    // Payloads of a test may be YAML of any kind, and the rules of others are called as they call them.
    if (/^atomics\/[^/]+\/[^/]+\/|^detections\//.test(source.file)) continue;
    const place = { file: source.file, line: 1, column: 1 };
    const message = 'files that end in .yml are not read';
    collector.report(source, [
      diagnose(source.text, { code: 'content/wrong-extension', message, place, hint: 'call it .yaml' }),
    ]);
  }
};

export const inReadingOrder = (a: Diagnostic, b: Diagnostic): number =>
  compareText(a.place?.file ?? '', b.place?.file ?? '') ||
  (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
  (a.place?.column ?? 0) - (b.place?.column ?? 0);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
