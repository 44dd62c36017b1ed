import type { Language } from '../../model/detection.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { TextOrigin } from '../../model/place.ts';
import { QueryError } from '../../query/query-error.ts';
import { isDatabaseError } from '../../query/run/locate-failure.ts';

/** What went wrong while a query ran, as problems of the query: `timeLimit` when it ended for that, in milliseconds. */
export const runTimeDiagnostics = (
  error: unknown,
  language: Language,
  origin: TextOrigin,
  timeLimit: number | null,
): readonly Diagnostic[] => {
  const problem = (code: Diagnostic['code'], message: string): readonly Diagnostic[] => [
    { code, severity: 'error', message, place: origin },
  ];
  if (timeLimit !== null) return problem('query/time-limit', `the query took more than ${timeLimit} ms`);
  if (error instanceof QueryError) return error.diagnostics;
  if (!isDatabaseError(error)) throw error;
  return problem(`${language}/run-time`, error.message.split('\n')[0] ?? error.message);
};
