import type { Database } from './database.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Mark } from '../model/persona.ts';
import type { TableInfo } from '../model/table.ts';

/** A recording, loaded: events as the products would show them. */
export interface Hub extends AsyncDisposable {
  readonly database: Database;
  readonly manifest: Manifest;
  /** Product tables by exact name, for example `Sysmon-3`, `DeviceNetworkEvents`. */
  readonly tables: ReadonlyMap<string, ProductTable>;
  /** What every product table shows from now on. */
  setScope(scope: Scope): Promise<void>;
}

export interface Scope {
  /** Events of this variant and background only; null shows the whole scenario. */
  readonly variant: string | null;
  /** Added to every time, so that one drill can be judged as if it had begun at another. Microseconds. */
  readonly shiftMicros: number;
}

export interface ProductTable {
  readonly info: TableInfo;
  /** SQL that reads it, columns by name, in the order of `info`. */
  readonly sql: string;
  /** Why it has no rows whatever happens (no sensor of this run feeds it); null when it is fed. */
  readonly unfed: string | null;
  /** Columns that no active sensor fills, each with its reason. */
  readonly alwaysNull: ReadonlyMap<string, string>;
  /** Marks that rest on single columns (a declared zone fills `RemoteIPType`). */
  readonly columnMarks: ReadonlyMap<string, readonly Mark[]>;
  /** Marks that every row of it carries in this run, beyond the events' own. */
  readonly marks: readonly Mark[];
}
