/**
 * What Sumo's documentation leaves open. Each choice is named, so that a verdict that hangs on one can say so, and a service that turns
 * out to behave otherwise is one option away.
 */
export interface SumoDialect {
  /** Vendor queries write `as Provider` and then use `provider`, and the search job API gives names in lower case. */
  readonly fieldNames: 'ignore-case' | 'exact-case';
  /**
   * A comparison with null. Cloud SIEM's rule syntax documents false for it and true for `!` of it; the log search pages say nothing.
   * `unknown` is SQL's reading: neither the comparison nor its negation holds.
   */
  readonly nullComparison: 'false' | 'unknown';
  /** Whether `matches /x/` looks for x anywhere: vendor queries write `_raw matches /(?i)error/`. */
  readonly regexMatch: 'find' | 'whole';
  /** The deviation of a sample divides by n - 1. The page of `stddev` names neither. */
  readonly deviation: 'sample' | 'population';
  /**
   * What a search looks back on: so many milliseconds before now. It decides what `queryStartTime()` is, how long `timeslice 10
   * buckets` makes a slice, and which slices `fillmissing` fills; rows are cut to it only where `compare` reads older ones.
   */
  readonly rangeMillis: number;
  /** What a dashboard's `{{variable}}` stands for where nothing gives it a value: everything. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Another reading of something that the documentation leaves open. */
export interface DialectAlternative {
  /** The option and its other value, as people read it. */
  readonly name: string;
  readonly dialect: Partial<SumoDialect>;
  /** Whether the documentation of Cloud SIEM's rules leaves it open too. */
  readonly ofRules: boolean;
}

/** Each option's other value: a verdict that one of them would change hangs on it. */
export const dialectAlternatives: readonly DialectAlternative[] = [
  { name: 'fieldNames: exact-case', dialect: { fieldNames: 'exact-case' }, ofRules: true },
  { name: 'nullComparison: unknown', dialect: { nullComparison: 'unknown' }, ofRules: false },
  { name: 'regexMatch: whole', dialect: { regexMatch: 'whole' }, ofRules: true },
  { name: 'deviation: population', dialect: { deviation: 'population' }, ofRules: true },
];

export const defaultDialect: SumoDialect = {
  fieldNames: 'ignore-case',
  nullComparison: 'false',
  regexMatch: 'find',
  deviation: 'sample',
  rangeMillis: 86_400_000,
  parameters: {},
};
