import type { Json } from './json.ts';
import type { Place } from './place.ts';

/** What an atomic must leave behind, kept beside the atomic and never inside a detection. */
export interface Signal {
  readonly id: string;
  readonly description: string;
  /** The product table it is looked for in, for example `Sysmon-3` or `DeviceNetworkEvents`. */
  readonly table: string;
  /** The role whose host leaves it. */
  readonly on: string;
  /** Sigma's matching syntax: `Field|modifier: value`, a list of values is "any of", the keys are "all of". `#{input}` is replaced. */
  readonly where: Readonly<Record<string, Json>>;
  readonly count: CountRange;
  /** Regular spacing between consecutive rows. */
  readonly every: { readonly intervalSeconds: number; readonly toleranceSeconds: number } | null;
  /** Id of a signal of the same test whose first row must not be later than this one's first row. */
  readonly orderedAfter: string | null;
  readonly place: Place;
}

/** Inclusive; `max: null` is unbounded. */
export interface CountRange {
  readonly min: number;
  readonly max: number | null;
}
