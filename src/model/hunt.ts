import type { Diagnostic } from './diagnostic.ts';
import type { Micros } from './event.ts';
import type { LogSource, LogValue } from './log-event.ts';
import type { Loss } from './loss.ts';

/** What a result says of a rule. */
export interface HuntRule {
  readonly id: string;
  readonly title: string;
  /** `informational` … `critical`; null when the rule says none. */
  readonly level: string | null;
  readonly status: string | null;
  readonly tags: readonly string[];
  /** Techniques of its tags, sorted: `T1059.001`. */
  readonly techniques: readonly string[];
  readonly file: string;
  readonly line: number;
}

/** Where an event stands in the data. */
export interface HuntPlace {
  readonly file: string;
  /** Counts from 1; an EVTX record's own number. */
  readonly record: number;
  readonly time: Micros | null;
}

/** A rule that matched an event. */
export interface HuntEventHit extends HuntPlace {
  readonly kind: 'event';
  readonly rule: HuntRule;
  readonly source: LogSource;
  /** The selections that matched, each with its items that did. */
  readonly selections: readonly HuntSelection[];
  readonly fields: Readonly<Record<string, LogValue>>;
}

export interface HuntSelection {
  readonly name: string;
  readonly items: readonly HuntItem[];
}

export interface HuntItem {
  /** As the rule writes it: `CommandLine|contains|all`; empty for keywords. */
  readonly key: string;
  /** The event's own value; absent when the event has no such field, and for keywords. */
  readonly value?: LogValue;
}

/** A correlation that held over the hits of its rules. */
export interface HuntCorrelationHit {
  readonly kind: 'correlation';
  readonly rule: HuntRule;
  readonly from: Micros;
  readonly to: Micros;
  /** The values of `group-by`. */
  readonly group: readonly (readonly [field: string, value: string])[];
  /** What was counted or measured. */
  readonly value: number;
  readonly events: readonly HuntPlace[];
}

export type HuntHit = HuntEventHit | HuntCorrelationHit;

/** How often something was found. */
export interface HuntCount {
  readonly rules: number;
  readonly hits: number;
}

export interface HuntRuleCount {
  readonly rule: HuntRule;
  readonly hits: number;
  /** Null when none of its events says a time. */
  readonly first: Micros | null;
  readonly last: Micros | null;
}

export interface HuntRefusal {
  /** Null when not even that could be read. */
  readonly title: string | null;
  readonly file: string;
  readonly line: number;
  readonly reasons: readonly string[];
}

export interface HuntRules {
  /** Rules of events that were loaded, those that no filter of this hunt wanted among them. */
  readonly loaded: number;
  readonly correlations: number;
  readonly filters: number;
  readonly refused: readonly HuntRefusal[];
  /** Loaded, and left out by level, technique or status. */
  readonly notSelected: number;
  /** Those that no source in the data was for. */
  readonly neverApplicable: readonly HuntRule[];
  /** Those with an expression that ran out of its budget, and the events for which that leaves open whether they match. */
  readonly undecided: readonly HuntUndecided[];
  /** Fields that pipelines renamed: of which rule, by which step of which pipeline, to what. */
  readonly renamed: readonly HuntRename[];
}

export interface HuntUndecided {
  readonly rule: HuntRule;
  readonly events: number;
}

export interface HuntRename {
  readonly rule: string;
  readonly pipeline: string;
  readonly transformation: string;
  readonly field: string;
  readonly became: readonly string[];
}

/** What became of one file of the data. */
export interface HuntFile {
  readonly file: string;
  /** Null when it was not recognized. */
  readonly format: string | null;
  readonly bytes: number;
  readonly events: number;
  /** Why nothing of it was read; null when it was. */
  readonly reason: string | null;
  readonly losses: readonly Loss[];
}

export interface HuntSource {
  readonly source: LogSource;
  readonly events: number;
  /** How many of the rules are for it. */
  readonly rules: number;
}

export interface HuntData {
  readonly files: readonly HuntFile[];
  readonly events: number;
  /** Left out by --from and --to. */
  readonly outside: number;
  /** Left out by them too, since they say no time. */
  readonly untimed: number;
  /** Where the events came from, those with most events first. */
  readonly sources: readonly HuntSource[];
}

/** What SQL decided again. */
export interface HuntVerification {
  readonly rules: number;
  /** Of a rule and an event. */
  readonly pairs: number;
}

/** Everything that a hunt came to, but for the hits themselves. */
export interface HuntSummary {
  readonly rules: HuntRules;
  readonly data: HuntData;
  readonly hits: number;
  /** From critical to none; those without hits too. */
  readonly levels: readonly (HuntCount & { readonly level: string | null })[];
  /** Those with hits, by id. */
  readonly techniques: readonly (HuntCount & { readonly technique: string; readonly name: string | null })[];
  /** Those with hits: by level, then by hits. */
  readonly byRule: readonly HuntRuleCount[];
  /** Hits that no correlation could place: their events say no time. */
  readonly uncorrelated: number;
  /** Null when it was not asked for. */
  readonly verified: HuntVerification | null;
  /** What there is to say of the rules, and disagreements of the engines. */
  readonly diagnostics: readonly Diagnostic[];
}
