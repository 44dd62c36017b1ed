import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { createContent, inReadingOrder } from '../../content/create-content.ts';
import type { Content } from '../../content/content.ts';
import { loadForeign } from '../../content/load-foreign.ts';
import { readFiles } from '../../content/read-files.ts';
import type { Detection } from '../../model/detection.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { lineOf } from '../../util/source-file.ts';
import { ContentError } from '../../judge/content-error.ts';
import type { Environment } from '../../model/environment.ts';
import { loadEnvironment, type LoadedEnvironment } from '../fixtures/load-environment.ts';
import { readSettings } from '../settings/read-settings.ts';
import { loadProject } from '../load-project.ts';
import { compileDetections } from './compile-detections.ts';

/** Everything that is wrong with what people wrote. */
export interface CheckReport {
  readonly counts: Readonly<
    Record<'files' | 'filesNotLoaded' | 'atomics' | 'signals' | 'detections' | 'scenarios', number>
  >;
  /** In the order of files and lines. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many detections there are of each language. */
  readonly languages: Readonly<Record<string, number>>;
  /** Ids of rules whose log source no table of ours holds. */
  readonly withoutTable: readonly string[];
  /** Files that hold nothing we read, by extension; empty for a project. */
  readonly notOpened: Readonly<Record<string, number>>;
}

/** A project, its queries included. `scenarios`: ids or files; all when null. */
export const checkProject = async (root: string, scenarios: readonly string[] | null): Promise<CheckReport> => {
  const content = await loadProject(root, scenarios);
  if (scenarios === null) {
    const report = await withQueries(content, root);
    return { ...report, diagnostics: [...report.diagnostics, ...(await settingsProblems(root))].sort(inReadingOrder) };
  }
  const named = new Set([...content.scenarios.values()].flatMap(({ detections }) => detections));
  return withQueries(
    content,
    root,
    [...content.detections.values()].filter(({ id }) => named.has(id)),
  );
};

/** Folders that make a folder a project. */
const marks = ['scenarios', 'atomics', 'detections'];

/**
 * Whatever stands at a path: a project, the atomics of one (`…/atomics`), or detections of somebody else, told by content.
 * Throws HarnessError `content/no-such-path`.
 */
export const checkPath = async (path: string, cwd: string): Promise<CheckReport> => {
  const at = resolve(cwd, path);
  if (marks.some((name) => existsSync(join(at, name)))) return checkProject(at, null);
  if (basename(at) === 'atomics' && existsSync(at) && statSync(at).isDirectory()) {
    const files = await readFiles(dirname(at), 'atomics', (file) => /\.ya?ml$/.test(file));
    return withQueries(createContent(files), at);
  }
  const foreign = await loadForeign(path, cwd);
  const { diagnostics, withoutTable } = await compileDetections(foreign.detections.values());
  const { files, filesNotLoaded, notOpened, sources, detections } = foreign;
  // Which fields our tables have is of use to those who write for them.
  const own = diagnostics.filter(({ code }) => code !== 'sigma/no-column');
  return {
    counts: { files, filesNotLoaded, atomics: 0, signals: 0, detections: detections.size, scenarios: 0 },
    diagnostics: [...foreign.diagnostics, ...own.map((one) => withExcerpt(one, sources))].sort(inReadingOrder),
    languages: countLanguages(detections.values()),
    withoutTable,
    notOpened,
  };
};

const settingsProblems = async (root: string): Promise<readonly Diagnostic[]> =>
  (await readSettings(root, root, {})).diagnostics;

const withQueries = async (
  { counts, diagnostics, detections, environments, sources }: Content,
  root: string,
  chosen: Iterable<Detection> = detections.values(),
): Promise<CheckReport> => {
  const loaded = await loadEnvironments(environments.values(), root);
  const compiled = await compileDetections(chosen, loaded.environments);
  return {
    counts,
    diagnostics: [
      ...diagnostics,
      ...[...loaded.diagnostics, ...compiled.diagnostics].map((one) => withExcerpt(one, sources)),
    ].sort(inReadingOrder),
    languages: countLanguages(detections.values()),
    withoutTable: compiled.withoutTable,
    notOpened: {},
  };
};

/** What environments name is read too: a missing file is a problem of the content. */
const loadEnvironments = async (
  environments: Iterable<Environment>,
  root: string,
): Promise<{ readonly environments: readonly LoadedEnvironment[]; readonly diagnostics: readonly Diagnostic[] }> => {
  const found: LoadedEnvironment[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const environment of environments) {
    try {
      found.push(await loadEnvironment(environment, join(root, 'environments')));
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      diagnostics.push(...error.diagnostics);
    }
  }
  return { environments: found, diagnostics };
};

const countLanguages = (detections: Iterable<Detection>): Readonly<Record<string, number>> => {
  const groups = Map.groupBy(detections, ({ language }) => language);
  return Object.fromEntries([...groups].map(([language, same]) => [language, same.length] as const).sort());
};

/** Query engines know the query's text, not the file's. */
const withExcerpt = (diagnostic: Diagnostic, sources: ReadonlyMap<string, string>): Diagnostic => {
  const text = sources.get(diagnostic.place?.file ?? '');
  if (diagnostic.excerpt !== undefined || diagnostic.place === undefined || text === undefined) return diagnostic;
  return { ...diagnostic, excerpt: lineOf(text, diagnostic.place.line) };
};
