import type { Place } from './place.ts';

/** `area/kebab-case`, for example `yaml/duplicate-key`, `schema/unknown-key`, `kql/KS142`. */
export type DiagnosticCode = `${string}/${string}`;

/** One problem in a file that people wrote. Expected problems are diagnostics; thrown errors are bugs or a broken environment. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly place?: Place;
  /** The source line at `place`, so that a caret can be drawn without reading the file again. */
  readonly excerpt?: string;
  /** What to do next, in one sentence. */
  readonly hint?: string;
}

/** Either a value, or the reasons why there is none. A value may come with warnings. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === 'error';
