import type { Place } from './place.ts';

/** What a workspace keeps and what its service knows of the world, given in their place: data that queries run with, beside events. */
export interface Environment {
  /** Files of KQL `let` statements or of saved functions as YAML, and texts. */
  readonly functions: readonly FixtureFunction[];
  readonly tables: readonly FixtureTable[];
}

export interface FixtureFunction {
  readonly source: { readonly file: string } | { readonly text: string };
  readonly place: Place | null;
}

/** A table under the name by which the query engine looks for it: `watchlist:VIPs`, `FileProfile`, an address … */
export interface FixtureTable {
  readonly table: string;
  readonly source: FixtureRows;
  readonly place: Place | null;
}

export type FixtureRows =
  /** As its extension says: NDJSON, JSON, CSV, TSV or Parquet. */
  | { readonly kind: 'file'; readonly file: string }
  /** A file or text that stands for what is at an address: it is read as the query says. */
  | { readonly kind: 'external-file'; readonly file: string }
  | { readonly kind: 'external-text'; readonly text: string }
  | { readonly kind: 'rows'; readonly rows: readonly unknown[] };
