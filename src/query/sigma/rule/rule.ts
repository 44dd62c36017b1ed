import type { Place } from '../../../model/place.ts';
import type { ConditionNode } from '../condition/condition.ts';
import type { Matcher } from '../values/matcher.ts';

export const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const;

export type Level = (typeof levels)[number];

/** What every Sigma document says of itself, whichever kind it is. */
export interface SigmaMeta {
  /** The rule's own id; of a rule without one, `file#n`. */
  readonly id: string;
  /** What correlations may call it; null when it has none. */
  readonly name: string | null;
  readonly title: string;
  readonly status: string | null;
  readonly level: Level | null;
  /** Lower case, as written: `attack.t1059.001`. */
  readonly tags: readonly string[];
  readonly description: string | null;
  readonly author: string | null;
  readonly references: readonly string[];
  readonly falsepositives: readonly string[];
  readonly place: Place;
}

/** Which logs a rule is for; null matches every log. Lower case. */
export interface LogSourceSpec {
  readonly product: string | null;
  readonly category: string | null;
  readonly service: string | null;
}

/** A rule of one event: selections and the condition that joins them. */
export interface SigmaRule extends SigmaMeta {
  readonly kind: 'rule';
  readonly logsource: LogSourceSpec;
  readonly taxonomy: string;
  readonly fields: readonly string[];
  readonly selections: readonly Selection[];
  /** A list of conditions is their `or`. */
  readonly condition: ConditionNode;
  /** Lower-case hex SHA-256 of the document's content as JSON. */
  readonly hash: string;
}

/** A search identifier. */
export interface Selection {
  readonly name: string;
  readonly search: SearchNode;
  readonly place: Place;
}

export type SearchNode =
  | { readonly kind: 'and' | 'or'; readonly of: readonly SearchNode[] }
  | { readonly kind: 'item'; readonly item: DetectionItem };

/** One key of a map with its values, or one list of keywords. */
export interface DetectionItem {
  /** The field's name; null for keywords, which may stand in any field. */
  readonly field: string | null;
  /** The key as written: `CommandLine|contains|all`; empty for a list of keywords. */
  readonly key: string;
  /** Whether every value has to match rather than one. */
  readonly all: boolean;
  /** `neq`: the item holds where its values do not. */
  readonly negated: boolean;
  readonly matchers: readonly Matcher[];
  readonly place: Place;
}
