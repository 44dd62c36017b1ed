import type { Place, TextOrigin } from './place.ts';

/** A piece of a rule that its product evaluates: an expression, or the name of a field. */
export interface RuleText {
  readonly text: string;
  /** Where it stands in the rule's file. */
  readonly place: Place;
  /** Where its text begins, when each of its lines is a line of the file; null where escapes or folding stand between. */
  readonly origin: TextOrigin | null;
}

/** What makes a signal be about something: `_ip` of `srcDevice_ip`. */
export interface EntitySelector {
  readonly entityType: string;
  readonly expression: RuleText;
}

export interface AggregationFunction {
  /** What the trigger expression calls the result. */
  readonly name: string;
  /** `count`, `count_distinct`, `sum` … */
  readonly function: string;
  readonly arguments: readonly RuleText[];
}

interface CloudSiemRuleBase {
  readonly entitySelectors: readonly EntitySelector[];
  readonly groupByFields: readonly RuleText[];
  readonly place: Place;
}

interface Windowed extends CloudSiemRuleBase {
  readonly windowSeconds: number;
}

interface Learning extends CloudSiemRuleBase {
  readonly baselineSeconds: number;
  readonly retentionSeconds: number;
}

/**
 * A Cloud SIEM rule over normalized records, by kind. Names follow the arguments of the product's Terraform provider
 * (`sumologic_cse_match_rule` and its siblings), which are the API's own in snake case.
 */
export type CloudSiemRule =
  /** Every record that the expression holds for. */
  | (CloudSiemRuleBase & { readonly kind: 'match'; readonly expression: RuleText })
  /** `limit` records, or distinct values of `countField`, within the window. */
  | (Windowed & {
      readonly kind: 'threshold';
      readonly expression: RuleText;
      readonly limit: number;
      readonly countDistinct: boolean;
      readonly countField: RuleText | null;
    })
  /** Functions over the records of the window, and an expression over what they give. */
  | (Windowed & {
      readonly kind: 'aggregation';
      readonly matchExpression: RuleText;
      readonly aggregationFunctions: readonly AggregationFunction[];
      readonly triggerExpression: RuleText;
      readonly groupByEntity: boolean;
    })
  /** Each expression so many times within the window; in this order when `ordered`. */
  | (Windowed & {
      readonly kind: 'chain';
      readonly expressionsAndLimits: readonly { readonly expression: RuleText; readonly limit: number }[];
      readonly ordered: boolean;
    })
  /** A value that the baseline has not seen, of an entity or at all. */
  | (Learning & {
      readonly kind: 'first-seen';
      readonly filterExpression: RuleText;
      readonly valueFields: readonly RuleText[];
      readonly baselineType: 'PER_ENTITY' | 'GLOBAL';
    })
  /** A window's value that is further from its baseline than so many standard deviations. */
  | (Learning &
      Windowed & {
        readonly kind: 'outlier';
        readonly matchExpression: RuleText;
        readonly aggregationFunctions: readonly AggregationFunction[];
        readonly deviationThreshold: number;
        readonly floorValue: number;
      });
