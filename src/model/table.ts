/** Scalar types of the query languages, in KQL's names; Sumo and Sigma use a subset. */
export type ScalarType =
  'string' | 'long' | 'int' | 'real' | 'bool' | 'datetime' | 'timespan' | 'guid' | 'dynamic' | 'decimal';

export interface ColumnInfo {
  readonly name: string;
  readonly type: ScalarType;
}

/** A product's table as a detection may name it: exact names, exact types. */
export interface TableInfo {
  readonly name: string;
  readonly columns: readonly ColumnInfo[];
  /** Date the product stopped filling it, ISO 8601; it still binds. */
  readonly retired?: string;
}
