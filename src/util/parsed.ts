import { isError, type Diagnostic, type Parsed } from '../model/diagnostic.ts';

/** The value, unless one of the problems found with it is an error. */
export const unlessErrors = <T>(value: T, diagnostics: readonly Diagnostic[]): Parsed<T> =>
  diagnostics.some(isError) ? { ok: false, diagnostics } : { ok: true, value, diagnostics };
