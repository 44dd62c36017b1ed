import type { TableInfo } from '../model/table.ts';
import type { SavedFunctions } from './kql/prelude.ts';

/** What a query may name: tables with data, and those that only a product's catalog lists. */
export interface KnownTables {
  readonly all: ReadonlyMap<string, TableInfo>;
  readonly filled: ReadonlySet<string>;
  /** Operating systems of the hosts whose events a table can hold; a table that is not here may hold any. */
  readonly fedBy?: ReadonlyMap<string, readonly string[]>;
  /** Functions that the workspace keeps; only KQL has such. */
  readonly functions?: readonly SavedFunctions[];
}
