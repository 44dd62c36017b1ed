import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ColumnInfo } from '../../model/table.ts';
import type { Cell } from '../../query/engine.ts';

/** Rows, or all that is wrong with the query. Warnings come with rows too. */
export type QueryOutcome =
  | {
      readonly ok: true;
      readonly columns: readonly ColumnInfo[];
      /** Cells in the order of `columns`, as the service's API gives them. */
      readonly rows: readonly (readonly Cell[])[];
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };
