import type { Column } from './expr.ts';
import type { Aggregate, Computed } from './stage.ts';
import type { Span } from './span.ts';

/**
 * A part of a query whose columns are known only from the data: it is run first, and the rest of the text is compiled anew over the
 * table that it gave.
 */
export type Pending = UnpackPending | PivotPending;

interface PendingBase {
  /** The stage that gives the rows. */
  readonly input: string;
  /** The source text that the table stands for, from its source to the operator. */
  readonly span: Span;
}

/** `bag_unpack`: a column for each key that any bag has. */
export interface UnpackPending extends PendingBase {
  readonly kind: 'unpack';
  readonly bag: Column;
  /** The input's column that gives way, if the bag is one. */
  readonly replaced: string | null;
  readonly prefix: string;
  readonly onConflict: 'error' | 'replace_source' | 'keep_source';
  readonly ignored: readonly string[];
}

/** `pivot`: a column for each value of one column. */
export interface PivotPending extends PendingBase {
  readonly kind: 'pivot';
  readonly by: Column;
  readonly keys: readonly Computed[];
  /** With its condition added, what fills each column. */
  readonly aggregate: Aggregate;
  /** Columns that come first, whether the data has them or not. */
  readonly first?: readonly string[];
  /** Columns beyond so many are left out. */
  readonly most?: number;
}
