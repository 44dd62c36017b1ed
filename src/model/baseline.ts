import type { DetectionVerdict, SignalVerdict } from './verdict.ts';

/** What a run is compared by: small enough to be kept with the rules, and to be read in a review. */
export interface Baseline {
  readonly schemaVersion: 1;
  readonly kind: 'baseline';
  /** By id of the scenario. */
  readonly scenarios: Readonly<Record<string, BaselineScenario>>;
}

export interface BaselineScenario {
  readonly runId: string;
  readonly driver: string;
  readonly attack: string;
  readonly environment: Readonly<Record<string, string>>;
  /** By key of the result. */
  readonly results: Readonly<Record<string, BaselineResult>>;
}

export interface BaselineResult {
  readonly technique: string;
  readonly variant: string;
  /** The command with its inputs put in: the test as it was run. */
  readonly command: string;
  /** `executed`, or why not. */
  readonly executed: string;
  /** By id. */
  readonly signals: Readonly<Record<string, { readonly verdict: SignalVerdict; readonly rows: number }>>;
  /** By id. */
  readonly detections: Readonly<Record<string, BaselineDetection>>;
}

export interface BaselineDetection {
  readonly verdict: DetectionVerdict;
  /** Start offsets at which it fired, of those tried. */
  readonly fired: number;
  readonly tried: number;
  /** SHA-256 of the rule's text. */
  readonly hash: string;
}

/** What may have caused a verdict to change. */
export type Cause = 'rule' | 'test' | 'sensor' | 'schema' | 'engine' | 'driver' | 'attack' | 'machine';

export interface VerdictChange {
  readonly key: string;
  readonly technique: string;
  readonly variant: string;
  readonly detection: string;
  /** Null: it was not judged then, or is not now. */
  readonly before: DetectionVerdict | null;
  readonly after: DetectionVerdict | null;
  readonly firedBefore: string;
  readonly firedAfter: string;
  readonly kind: ChangeKind;
  /** Empty when nothing that is known changed. */
  readonly causes: readonly Cause[];
}

/** `lost`: it was judged, and is no longer. `weaker`: it still fires, at fewer start offsets. */
export type ChangeKind =
  | 'newly missed'
  | 'newly blind'
  | 'newly broken'
  | 'newly noisy'
  | 'newly not-run'
  | 'newly error'
  | 'lost'
  | 'weaker'
  | 'fixed'
  | 'stronger'
  | 'new'
  | 'other';

export interface SignalChange {
  readonly key: string;
  readonly variant: string;
  readonly signal: string;
  /** Null where there was none. */
  readonly before: { readonly verdict: SignalVerdict; readonly rows: number } | null;
  readonly after: { readonly verdict: SignalVerdict; readonly rows: number } | null;
  readonly causes: readonly Cause[];
}

export interface EnvironmentChange {
  readonly scenario: string;
  readonly name: string;
  readonly cause: Cause;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Comparison {
  /** Regressions first; then by scenario, variant and detection. */
  readonly verdicts: readonly VerdictChange[];
  readonly signals: readonly SignalChange[];
  readonly environment: readonly EnvironmentChange[];
  /** Scenarios that only one of the two has: nothing is said of them. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
  readonly compared: { readonly scenarios: number; readonly detections: number };
  /** Number of verdict changes for the worse. */
  readonly regressions: number;
}
