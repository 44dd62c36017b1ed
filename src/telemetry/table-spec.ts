import type { EventAction } from '../model/event.ts';
import type { Mark, Persona } from '../model/persona.ts';
import type { TableInfo } from '../model/table.ts';
import type { EventRecord } from './table-file.ts';

/** A product's table as declared, checked against the product's schema: every column of `info` is said in every branch. */
export interface TableSpec {
  readonly info: TableInfo;
  readonly marks: readonly Mark[];
  readonly columnMarks: ReadonlyMap<string, readonly Mark[]>;
  /** What an event log says of its rows; null for a table that is no record of one. */
  readonly record: EventRecord | null;
  readonly branches: readonly BranchSpec[];
}

export interface BranchSpec {
  /** Tables of records by name, or one of the hub's own two. */
  readonly from: 'events' | 'indicators' | readonly string[];
  readonly where: string;
  readonly needs: {
    readonly actions: readonly EventAction[];
    readonly persona: Persona | null;
    /** An option of the sensor profile without which the product logs nothing of it. */
    readonly option: string | null;
  } | null;
  /** Why the sensor profile lets nothing through; null when it does. */
  readonly off: string | null;
  readonly marks: ReadonlyMap<Mark, string>;
  readonly columns: ReadonlyMap<string, ColumnSpec>;
}

export type ColumnSpec =
  | { readonly kind: 'value'; readonly sql: string }
  /** A time that the product shows as text: `shown` is the macro that writes it, after a scope's shift. */
  | { readonly kind: 'time-text'; readonly sql: string; readonly shown: string }
  /** Text with places for the row's own time, which the macro `shown` fills after a scope's shift. */
  | { readonly kind: 'timed-text'; readonly sql: string; readonly shown: string }
  | { readonly kind: 'null'; readonly because: string };
