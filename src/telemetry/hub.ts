import type { Database } from './database.ts';
import type { Micros } from '../model/event.ts';
import type { Loss } from '../model/loss.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Mark, Persona } from '../model/persona.ts';
import type { TableInfo } from '../model/table.ts';

/** A recording, loaded: events as the products would show them. */
export interface Hub extends AsyncDisposable {
  readonly database: Database;
  readonly manifest: Manifest;
  /** Product tables by exact name, for example `Sysmon-3`, `DeviceNetworkEvents`. */
  readonly tables: ReadonlyMap<string, ProductTable>;
  /** Events whose values could not be read as what they should be; their rows show null there. */
  readonly losses: readonly Loss[];
  /** What every product table shows from now on. */
  setScope(scope: Scope): Promise<void>;
}

export interface Scope {
  /** Events of this variant and background only; null shows the whole scenario. */
  readonly variant: string | null;
  /** Added to every time, so that one drill can be judged as if it had begun at another. Microseconds. */
  readonly shiftMicros: number;
  /**
   * Events of this span only, in shifted time, `from` inclusive and `until` exclusive: what a scheduled rule sees that looks back
   * from `until`. Absent: all of them. Reference tables (indicators) are always whole.
   */
  readonly window?: { readonly from: Micros; readonly until: Micros };
}

/** Names no variant: in this scope there is background only. */
export const backgroundOnly = '';

export interface ProductTable {
  readonly info: TableInfo;
  /** SQL that reads it, columns by name, in the order of `info`. */
  readonly sql: string;
  /**
   * The same rows in the same scope, with the event behind each in five more columns: `tocsin.event` (its id), `tocsin.time` (TIMESTAMP,
   * shifted), `tocsin.host` (name in the topology), `tocsin.variant` (null for background) and `tocsin.marks` (JSON array or
   * null). All are null where no event stands behind a row.
   */
  readonly evidenceSql: string;
  /** Why it has no rows whatever happens (no sensor of this run feeds it); null when it is fed. */
  readonly unfed: string | null;
  /** Of the hosts whose sensors can put rows into it. */
  readonly fedBy: readonly Persona[];
  /** Columns that no active sensor fills, each with its reason. */
  readonly alwaysNull: ReadonlyMap<string, string>;
  /** Marks that rest on single columns (a declared zone fills `RemoteIPType`). */
  readonly columnMarks: ReadonlyMap<string, readonly Mark[]>;
  /** Marks that every row of it carries in this run, beyond the events' own. */
  readonly marks: readonly Mark[];
}
