import type { Language } from '../../model/detection.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { TextOrigin } from '../../model/place.ts';

/** What went wrong while a query ran, as a problem of the query: `timeLimit` when it ended for that, in milliseconds. */
export const runTimeDiagnostic = (
  error: unknown,
  language: Language,
  origin: TextOrigin,
  timeLimit: number | null,
): Diagnostic => {
  if (timeLimit !== null) {
    return {
      code: 'query/time-limit',
      severity: 'error',
      message: `the query took more than ${timeLimit} ms`,
      place: origin,
    };
  }
  if (!(error instanceof Error) || !isOfDatabase(error)) throw error;
  return { code: `${language}/run-time`, severity: 'error', message: firstLine(error.message), place: origin };
};

// What DuckDB says of a statement begins with the kind of error; anything else is a bug of ours.
const isOfDatabase = ({ message }: Error): boolean =>
  /^(Conversion|Out of Range|Invalid Input|Out of Memory|Not implemented|Constraint|Binder|Catalog|Parser|INTERNAL|INTERRUPT) Error/i.test(
    message,
  ) || /^TransactionContext Error/.test(message);

const firstLine = (text: string): string => text.split('\n')[0] ?? text;
