import { isError, type Diagnostic, type Parsed } from '../model/diagnostic.ts';
import type { SourceFile } from '../util/source-file.ts';

/** Gathers what many files give: values, problems, and which files gave no value. */
export interface Collector {
  /** The value of a file, or null with its problems kept. */
  take<T>(source: SourceFile, parsed: Parsed<T>): T | null;
  report(source: SourceFile, diagnostics: readonly Diagnostic[]): void;
  readonly sources: Map<string, string>;
  readonly diagnostics: Diagnostic[];
  /** Paths of files that did not load. */
  readonly broken: Set<string>;
}

export const createCollector = (): Collector => {
  const sources = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const broken = new Set<string>();
  const report = (source: SourceFile, found: readonly Diagnostic[]): void => {
    sources.set(source.file, source.text);
    diagnostics.push(...found);
    if (found.some(isError)) broken.add(source.file);
  };
  return {
    sources,
    diagnostics,
    broken,
    report,
    take: (source, parsed) => {
      report(source, parsed.diagnostics);
      if (!parsed.ok) broken.add(source.file);
      return parsed.ok ? parsed.value : null;
    },
  };
};

/** By key; a second one of the same key is reported where it stands. */
export const indexUnique = <T>(
  values: readonly T[],
  keyOf: (value: T) => string,
  duplicate: (value: T, first: T) => void,
): ReadonlyMap<string, T> => {
  const index = new Map<string, T>();
  for (const value of values) {
    const first = index.get(keyOf(value));
    if (first === undefined) index.set(keyOf(value), value);
    else duplicate(value, first);
  }
  return index;
};
