import type { Diagnostic } from '../../model/diagnostic.ts';
import { isError } from '../../model/diagnostic.ts';
import type { ColumnInfo } from '../../model/table.ts';
import type { Cell } from '../../query/engine.ts';
import type { BatchId } from './batch-line.ts';

/** What a batch says of one line. `line` and `column` are places in the query, from 1; null where the problem has none. */
export type Answer =
  | {
      readonly id: BatchId;
      readonly columns: readonly ColumnInfo[];
      readonly rows: readonly (readonly Cell[])[];
      /** Only where there are any. */
      readonly warnings?: readonly string[];
    }
  | { readonly id: BatchId; readonly error: AnswerError };

export interface AnswerError {
  readonly code: string;
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** The first error of a list that has one. */
export const answerOf = (id: BatchId, diagnostics: readonly Diagnostic[]): Answer => {
  const found = diagnostics.find(isError);
  if (found === undefined) throw new Error('a query without an error gave no rows');
  const { code, message, place, hint } = found;
  return {
    id,
    error: {
      code,
      message: hint === undefined ? message : `${message} (${hint})`,
      line: place?.line ?? null,
      column: place?.column ?? null,
    },
  };
};

export const failed = (id: BatchId, code: string, message: string): Answer => ({
  id,
  error: { code, message, line: null, column: null },
});
