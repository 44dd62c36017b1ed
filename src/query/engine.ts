import type { Database } from '../telemetry/database.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Json } from '../model/json.ts';
import type { CloudSiemRule } from '../model/cloud-siem-rule.ts';
import type { Language } from '../model/detection.ts';
import type { Micros } from '../model/event.ts';
import type { Place, TextOrigin } from '../model/place.ts';
import type { ColumnInfo, TableInfo } from '../model/table.ts';
import type { NearRow } from '../model/verdict.ts';
import type { Languages } from './languages.ts';
import type { RuleHit } from './sigma/correlate/correlate.ts';
import type { CorrelatedRule, PlannedCorrelation, WantedCorrelation } from './sigma/plan/compile-correlation.ts';
import type { SavedFunctions } from './kql/prelude.ts';
import type { Plan } from './plan/plan.ts';
import type { SumoDialect } from './sumo/dialect.ts';

/** A table that has data: what it is called, and the SQL that reads it (columns by name, in the order of `info`). */
export interface Relation {
  readonly info: TableInfo;
  /**
   * For example `(SELECT … FROM …)` or a view's name. Types: datetime TIMESTAMP, timespan BIGINT (ticks of 100 ns), dynamic JSON or its
   * text, guid UUID or its text, long BIGINT, int INTEGER, real DOUBLE, bool BOOLEAN.
   */
  readonly sql: string;
  /** `ticks`: its datetimes are BIGINT counts of 100 ns since 0001-01-01, since a TIMESTAMP loses the seventh digit. */
  readonly datetimes?: 'ticks';
  /** Operating systems of the hosts that feed it (`windows`, `linux`), none when nothing does. Absent: nobody knows. */
  readonly fedBy?: readonly string[];
}

export interface EngineOptions {
  readonly database: Database;
  /** Tables with data, by exact name. */
  readonly relations: ReadonlyMap<string, Relation>;
  /** Tables that a query may name without data: they are empty. A relation of the same name wins. */
  readonly catalog: readonly TableInfo[];
  /** `await loadLanguages()`: those that queries will be written in. */
  readonly languages: Languages;
  /**
   * KQL functions that the workspace keeps, each text one or more `let` statements. Tables that stand for what the service knows:
   * `watchlist:NAME`, `FileProfile`, `geo_info_from_ip_address`, and the address of an `externaldata`.
   */
  readonly functions?: readonly SavedFunctions[];
  /** How to read what Sumo's documentation leaves open; `defaultDialect` where it says nothing. */
  readonly sumo?: Partial<SumoDialect>;
}

/** One engine for every language: text → plan → SQL → rows, with counts on the way. */
export interface Engine {
  /** Parses, binds and plans; nothing runs. `origin` is where the text begins in its file: places come from `placeInText`. */
  compile(language: Language, text: string, origin: TextOrigin, sumo?: Partial<SumoDialect>): Compiled;
  /** A Cloud SIEM rule over the tables of records; the rows are its signals. */
  compileRule(rule: CloudSiemRule, sumo?: Partial<SumoDialect>): Compiled;
  /** A Sigma correlation of a text, with the rules that it is over; null when the text has none. */
  compileCorrelation(
    text: string,
    origin: TextOrigin,
    wanted: WantedCorrelation,
  ): CompiledCorrelation | Rejected | null;
  run(query: CompiledQuery, options: RunOptions): Promise<QueryResult>;
  /** What the rules of a correlation find, each hit with its time. */
  hits(rules: readonly CorrelatedRule[], options: HitOptions): Promise<readonly RuleHit[]>;
  /** The statement that `run` would run, to be read by people. */
  sql(query: CompiledQuery, options: RunOptions): string;
  /** Row counts after every stage and every conjunct, in the order of `query.clauses`. */
  funnel(query: CompiledQuery, options: RunOptions): Promise<readonly ClauseCount[]>;
  /** Among the rows that reach a conjunct: what its columns hold where the conjunct asks for something else; nearest first. */
  near(query: CompiledQuery, clause: string, options: RunOptions): Promise<readonly NearRow[]>;
}

export type Compiled =
  { readonly ok: true; readonly query: CompiledQuery; readonly diagnostics: readonly Diagnostic[] } | Rejected;

export interface Rejected {
  readonly ok: false;
  readonly diagnostics: readonly Diagnostic[];
}

/** A rule that a correlation is over, as a query of its own; null when no table holds its log source. */
export interface QueriedRule extends CorrelatedRule {
  readonly query: CompiledQuery | null;
}

export interface CompiledCorrelation extends PlannedCorrelation {
  readonly rules: readonly QueriedRule[];
}

export interface HitOptions {
  /**
   * A table's rows with the SQL of their time (microseconds of the epoch); null for a table that is not the caller's: it is the
   * engine's own relation then, and its time is `TimeGenerated`.
   */
  readonly timed: (table: string) => { readonly sql: string; readonly time: string } | null;
  readonly signal: AbortSignal;
}

export interface CompiledQuery {
  readonly language: Language;
  readonly text: string;
  /** Where the text begins. */
  readonly origin: TextOrigin;
  /** Result columns; empty when they depend on data. */
  readonly columns: readonly ColumnInfo[];
  readonly clauses: readonly Clause[];
  /** Every base table that the query reads. */
  readonly tables: readonly string[];
  /**
   * How `now` can change the result: only by comparing base-table datetime columns with `now` minus one of these distances
   * (`Timestamp > ago(1d)` is 86 400 000 000). Empty: not at all. Absent: in some other way, so every `now` has to be run.
   */
  readonly lookbacks?: readonly Micros[];
  readonly plan: Plan;
  /** What it was compiled with beside the engine's own options. */
  readonly sumo?: Partial<SumoDialect>;
}

/** A stage of the plan, or one conjunct of a filtering stage. */
export interface Clause {
  /** Stable: the same text gives the same ids. A conjunct's is `stage/conjunct`. */
  readonly id: string;
  readonly kind: 'stage' | 'conjunct';
  /** `where`, `summarize`, `join` … */
  readonly stage: string;
  /** Source text on one line. */
  readonly clause: string;
  readonly place: Place;
  /** Inside a function of the query: where it is called. */
  readonly calledAt?: Place;
  /** Base-table columns that its condition or its values come from. */
  readonly reads: readonly { readonly table: string; readonly column: string }[];
  /** Whether `relax` may name it: dropping it leaves a query that still makes sense. */
  readonly relaxable: boolean;
}

export interface RunOptions {
  /** What `now()`, `ago()` and default time ranges hang on. */
  readonly now: Micros;
  /** Ids of clauses that are left out of this execution. */
  readonly relax?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * A cell as the platform's REST API would give it: datetime `2026-11-20T16:00:00.0000000Z`, timespan `1.02:03:04.5000000`,
 * guid as text, dynamic as JSON, long as number (bigint beyond 2^53).
 */
export type Cell = Json | bigint;

export interface QueryResult {
  readonly columns: readonly ColumnInfo[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface ClauseCount {
  readonly id: string;
  readonly rowsIn: number;
  readonly rows: number;
  /** Conjuncts only: rows of the stage's input that pass it alone. */
  readonly alone?: number;
  /** Conjuncts only: rows that pass all the other conjuncts of its stage. */
  readonly withOthers?: number;
}
