import type { Comparison } from '../values/matcher.ts';
import type { SigmaMeta } from '../rule/rule.ts';
import type { ConditionSyntax } from '../condition/condition.ts';

export const correlationTypes = [
  'event_count',
  'value_count',
  'value_sum',
  'value_avg',
  'value_percentile',
  'temporal',
  'temporal_ordered',
] as const;

export type CorrelationType = (typeof correlationTypes)[number];

/** All of its bounds have to hold: two make a range. */
export type Bounds = readonly { readonly operator: Comparison | 'eq' | 'neq'; readonly value: number }[];

/** A rule over the hits of other rules. */
export interface Correlation extends SigmaMeta {
  readonly kind: 'correlation';
  readonly type: CorrelationType;
  /** Ids or names of rules and correlations, as written. */
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  /** Alias → rule as written → field of that rule's events. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly timespanMicros: number;
  /** What is counted or measured must lie within; of temporal ones: how many of the rules must occur. */
  readonly bounds: Bounds;
  /** Fields whose values are counted or measured; several make one value together. */
  readonly valueFields: readonly string[];
  /** value_percentile only: which percentile, 0 to 100. */
  readonly percentile: number;
  /** Temporal ones: which rules have to occur, in the words of rule conditions; null: all of them, or as many as `bounds` say. */
  readonly expression: ConditionSyntax | null;
  /** Whether the rules it refers to also give hits of their own. */
  readonly generate: boolean;
}
