import { stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, normalize, resolve, sep } from 'node:path';
import type { Detection } from '../model/detection.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { HarnessError } from '../model/harness-error.ts';
import { createCollector } from './collect.ts';
import { inReadingOrder } from './create-content.ts';
import { mayHoldDetections } from './detections/recognize.ts';
import { loadDetections } from './load-detections.ts';
import { listFiles, readOne } from './read-files.ts';

/** The detections of a folder or file that is no project of ours. */
export interface ForeignDetections {
  /** By id. */
  readonly detections: ReadonlyMap<string, Detection>;
  /** Text of every file that was read, by its path. */
  readonly sources: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
  readonly files: number;
  readonly filesNotLoaded: number;
  /** Files that no kind of detection is kept in, counted by extension. */
  readonly notOpened: Readonly<Record<string, number>>;
}

/** A path as reports may show it: never one of the machine's own. */
export const shownPath = (path: string): string => {
  const plain = normalize(path).replaceAll(sep, '/').replace(/\/+$/, '');
  return isAbsolute(plain) || plain.startsWith('..') || plain === '.' ? basename(resolve(plain)) : plain;
};

/**
 * Reads somebody else's detections: Sigma, Sentinel rules and hunting queries, Sumo queries, Cloud SIEM rules, told by content.
 * Throws HarnessError `content/no-such-path`.
 */
export const loadForeign = async (named: string, cwd: string): Promise<ForeignDetections> => {
  const [path, shownAs] = [resolve(cwd, named), shownPath(named)];
  const found = await stat(path).catch((error: unknown) => {
    throw new HarnessError(`there is nothing at ${named}`, {
      code: 'content/no-such-path',
      exitCode: 2,
      cause: error,
    });
  });
  const [root, all] = found.isDirectory() ? [path, await listFiles(path, '.')] : [dirname(path), [basename(path)]];
  const prefix = found.isDirectory() ? shownAs : dirname(shownAs);
  const wanted = all.filter(mayHoldDetections);
  const files = await Promise.all(
    wanted.map(async (file) => ({ file: join(prefix, file), text: (await readOne(root, file)).text })),
  );
  const collector = createCollector();
  const detections = loadDetections(files, collector, { of: 'foreign' });
  return {
    detections,
    sources: collector.sources,
    diagnostics: collector.diagnostics.toSorted(inReadingOrder),
    files: files.length,
    filesNotLoaded: collector.broken.size,
    notOpened: countBy(all.filter((file) => !mayHoldDetections(file)).map((file) => extname(file) || basename(file))),
  };
};

const join = (prefix: string, file: string): string => (prefix === '' || prefix === '.' ? file : `${prefix}/${file}`);

const countBy = (values: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Map.groupBy(values, (value) => value)].map(([value, same]) => [value, same.length] as const).sort(),
  );
