import type { ColumnInfo } from '../../model/table.ts';
import type { DynamicBag } from '../../query/values/dynamic.ts';

/** A record that someone brought: fields by name, integers as bigint and reals as number. */
export type Row = DynamicBag;

/** Rows of one table, from the first on each time they are asked for: once to learn the columns, once to store. */
export interface RowSource {
  readonly rows: () => AsyncIterable<readonly Row[]>;
  /** True where a file has no types but text (CSV): the columns' types are learned from what the text says. */
  readonly isText: boolean;
  /** Columns and types as the file itself declares them (Parquet); absent where they have to be learned from the rows. */
  readonly columns?: () => Promise<readonly ColumnInfo[]>;
  /** What could not be read, once the rows were read; counted by reason. */
  readonly losses: () => readonly RowLoss[];
}

export interface RowLoss {
  /** For example `not JSON`. */
  readonly reason: string;
  readonly count: number;
  /** Line or record of the first one, from 1. */
  readonly first: number;
}
