import type { Diagnostic } from '../model/diagnostic.ts';

/** A query that compiled but cannot go on, for example because a column that data should have given is not there. */
export class QueryError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
    this.name = 'QueryError';
    this.diagnostics = diagnostics;
  }
}
