import { posix } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Place } from '../../model/place.ts';
import type { RunResult } from '../../model/run-result.ts';
import { findingsOf, findingTitle } from '../findings/findings.ts';
import { oneLine } from '../terminal/one-line.ts';
import type { Annotation } from './commands.ts';

/** GitHub shows this many of each level a step, and drops the rest without a word. The summary has them all. */
const shown = 10;

/**
 * What a reader must open, worst first: each unmet expectation at its rule's clause (or its test's file), and what did not
 * load. Expected gaps are in the summary only. `prefix`: the project's folder in the repository, empty when it is its root.
 */
export const annotationsOf = (run: RunResult, prefix: string): readonly Annotation[] => {
  const inRepository = (file: string): string => posix.join(prefix, file);
  const errors = findingsOf(run)
    .filter(({ level }) => level === 'error')
    .map((finding): Annotation => {
      const { file, place, message } = finding;
      const title = findingTitle(finding);
      return {
        level: 'error',
        file: inRepository(place?.file ?? file),
        ...region(place),
        title,
        message: message || title,
      };
    });
  const warnings = run.notLoaded.flatMap((diagnostic) => fromDiagnostic(diagnostic, inRepository));
  return [...errors.slice(0, shown), ...warnings.slice(0, shown)];
};

const fromDiagnostic = (
  { code, message, place }: Diagnostic,
  inRepository: (file: string) => string,
): readonly Annotation[] =>
  place === undefined
    ? []
    : [{ level: 'warning', file: inRepository(place.file), ...region(place), title: code, message: oneLine(message) }];

/** GitHub takes columns only of a place in one line. */
const region = (place: Place | null): Pick<Annotation, 'line' | 'endLine' | 'column' | 'endColumn'> => {
  if (place === null) return {};
  const { line, column, endLine, endColumn } = place;
  if (endLine !== undefined && endLine !== line) return { line, endLine };
  return { line, column, ...(endColumn === undefined ? {} : { endColumn }) };
};
