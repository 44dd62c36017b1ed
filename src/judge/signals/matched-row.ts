import type { Micros } from '../../model/event.ts';
import type { Mark } from '../../model/persona.ts';

/** A row of a product table that a signal's conditions keep. */
export interface MatchedRow {
  /** Drill time. */
  readonly time: Micros;
  readonly marks: readonly Mark[];
  /** The columns that the signal asks about, as text. */
  readonly values: Readonly<Record<string, string | null>>;
}
