import type { Diagnostic } from './diagnostic.ts';
import type { Mark } from './persona.ts';
import type { Place } from './place.ts';

/** The first that applies: error, not-run, broken, fired/noisy, blind, missed, quiet. */
export type DetectionVerdict = 'fired' | 'missed' | 'blind' | 'broken' | 'quiet' | 'noisy' | 'not-run' | 'error';

export type SignalVerdict = 'seen' | 'absent' | 'unobservable';

export type CleanupVerdict = 'clean' | 'dirty';

/** Where the rows went: one line per stage of a plan, and one per conjunct of a filtering stage. */
export interface FunnelLine {
  /** Stable within a plan; conjuncts are `stage/conjunct`. */
  readonly id: string;
  readonly kind: 'stage' | 'conjunct';
  /** The operator, for example `where`, `summarize`. */
  readonly stage: string;
  /** The source text of the stage or conjunct, in one line. */
  readonly clause: string;
  /** In the detection's file. */
  readonly place: Place;
  /** Of a clause in a function of the query: where it is called. */
  readonly calledAt?: Place;
  /** Rows after this stage, or after this conjunct when conjuncts are applied in order. */
  readonly rows: number;
  /** Rows before it. */
  readonly rowsIn: number;
  /** Conjuncts only: rows of the stage's input that pass it alone. */
  readonly alone?: number;
  /** Conjuncts only: rows that pass all the other conjuncts of its stage. */
  readonly withOthers?: number;
}

/** A row that came close: what it had where the clause asks for something else. */
export interface NearRow {
  readonly column: string;
  readonly wanted: string;
  readonly got: string;
  /** How many rows have this value. */
  readonly rows: number;
}

/** One clause that keeps the detection from firing; the list is complete: with all of them dropped it fires, proved by running. */
export interface Blocker {
  readonly id: string;
  readonly clause: string;
  readonly place: Place;
  readonly rowsIn: number;
  readonly rowsOut: number;
  /** One sentence: "15 rows in, 0 out; RemoteIPType was \"Loopback\" (15)". */
  readonly summary: string;
  readonly near: readonly NearRow[];
}

export interface Reason {
  readonly summary: string;
  readonly clause?: string;
  readonly place?: Place;
  readonly blockers: readonly Blocker[];
  /** True when dropping every blocker was run and made the detection fire. */
  readonly proved?: boolean;
}

export interface SignalResult {
  readonly id: string;
  readonly description: string;
  readonly table: string;
  readonly verdict: SignalVerdict;
  readonly expected: SignalVerdict | null;
  readonly met: boolean;
  /** For example `15 rows, every 5 s ± 1 s`. */
  readonly want: string;
  /** For example `1 row`. */
  readonly got: string;
  readonly rows: number;
  readonly marks: readonly Mark[];
}

/** A change that keeps a rule quiet on ordinary life and loses no attack of the run, proved by running it. */
export interface Quieting {
  /** A line to add. */
  readonly change: string;
  /** Of the query's text: the line that it goes below. */
  readonly line: number;
  /** Variants of ordinary life on which the changed rule is quiet. */
  readonly quiet: readonly string[];
  /** Attacks on which it still fires. */
  readonly stillFires: readonly string[];
}

export interface DetectionResult {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly origin: 'published' | 'maintained';
  readonly file: string;
  readonly hash: string;
  readonly verdict: DetectionVerdict;
  readonly expected: DetectionVerdict | null;
  readonly met: boolean;
  readonly reason: Reason | null;
  /** Of a noisy rule, where a change was found that quietens it. */
  readonly quieting?: Quieting;
  /** What its platform's schema or grammar says of it, in its file's own positions; errors make it `broken`. */
  readonly diagnostics: readonly Diagnostic[];
  /** Rows of the first execution that fired, or of the last one. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Of a rule that fired: rows of the later execution that saw most of the attack, where that fired too and the first had seen less. */
  readonly laterRows?: readonly Readonly<Record<string, unknown>>[];
  /** Executions on the rule's schedule, each phase counted. */
  readonly executions: number;
  readonly phases: { readonly tried: number; readonly fired: number };
  readonly funnel: readonly FunnelLine[];
  readonly marks: readonly Mark[];
}
