import type { CountRange } from './signal.ts';
import type { DetectionVerdict, SignalVerdict } from './verdict.ts';
import type { Place } from './place.ts';
import type { ServiceSpec } from './topology.ts';

/** What a scenario expects of one detection. A gap between this and the verdict is exit code 1. */
export interface DetectionExpectation {
  readonly detection: string;
  readonly verdict: DetectionVerdict;
  /** Text that must occur in the clause of the first blocker; null when any will do. */
  readonly clause: string | null;
  /** Share of phases that must fire, in percent; null means all for `fired`, none otherwise. */
  readonly phaseShare: CountRange | null;
  readonly place: Place;
}

export interface SignalExpectation {
  readonly signal: string;
  readonly verdict: SignalVerdict;
  readonly place: Place;
}

/** What is typed when a test asks something. */
export interface Answer {
  /** A regular expression of JavaScript, looked for in what the terminal shows after the answer before. */
  readonly expect: string;
  readonly send: string;
  /** Whether Enter follows. */
  readonly enter: boolean;
}

/** One atomic with its inputs on its hosts. */
export interface Variant {
  readonly name: string;
  readonly description: string;
  /** GUID of the atomic. */
  readonly atomic: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Role → host of the topology. Every variant has a `target`. */
  readonly roles: Readonly<Record<string, string>>;
  /** Services that run only for this variant, by host. */
  readonly services: readonly { readonly host: string; readonly service: ServiceSpec }[];
  readonly expect: {
    readonly signals: readonly SignalExpectation[];
    readonly detections: readonly DetectionExpectation[];
  };
  /** In the order in which the test asks. Where there are any, its command runs on a terminal. */
  readonly answers: readonly Answer[];
  /** Wall-clock budget of the test's command. */
  readonly timeoutSeconds: number;
  readonly place: Place;
}

/** A suite: which atomics, on which lab hosts, judged by which detections, with what expected. */
export interface Scenario {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly topology: string;
  /** Name of the environment that its detections run in; null when they need none. */
  readonly environment: string | null;
  /** How many times as fast as real time the drill's clock runs: 60 makes a minute of an hour. */
  readonly timeScale: number;
  readonly detections: readonly string[];
  readonly variants: readonly Variant[];
  /** GUIDs of the activities that go on meanwhile on every Windows host that a variant runs on. */
  readonly background: readonly string[];
  /** Whether every variant runs on a host that no other variant runs on. */
  readonly freshHosts: boolean;
  readonly place: Place;
}
