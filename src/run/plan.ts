import type { Activity } from '../model/activity.ts';
import type { Atomic, ExecutorName } from '../model/atomic.ts';
import type { Scenario, Variant } from '../model/scenario.ts';
import type { Signal } from '../model/signal.ts';
import type { HostSpec, Topology } from '../model/topology.ts';
import type { PlayedProgram } from '../windows/poll/polling.ts';

/** What will run, where: a scenario with everything looked up and every input put in. `--dry-run` prints it. */
export interface DrillPlan {
  readonly scenario: Scenario;
  readonly topology: Topology;
  /** The hosts that the scenario uses, and no others. */
  readonly hosts: readonly HostSpec[];
  readonly variants: readonly PlannedVariant[];
  /** Host → programs of products that it has beside Windows' own. */
  readonly played: ReadonlyMap<string, readonly PlayedProgram[]>;
  readonly background: readonly PlannedBackground[];
}

/** Ordinary life that goes on while tests run. */
export interface PlannedBackground {
  readonly host: string;
  readonly activity: Activity;
}

export interface PlannedVariant {
  readonly variant: Variant;
  readonly atomic: Atomic;
  /** Where it runs: the host of the test's role, which is the target unless the test says otherwise. */
  readonly host: HostSpec;
  readonly software: WantedSoftware;
  readonly inputs: Readonly<Record<string, string>>;
  readonly executor: ExecutorName;
  /** After its inputs were put in; null for a manual test. */
  readonly command: string | null;
  readonly cleanupCommand: string | null;
  readonly prerequisites: readonly PlannedPrerequisite[];
  /** With inputs put in. */
  readonly signals: readonly Signal[];
  /** How long the test should take by its own signals (count × interval), for progress; null when they do not say. */
  readonly expectedSeconds: number | null;
}

/** Debian packages, beyond what the host's root and the topology give it. */
export interface WantedSoftware {
  /** Without these the test does not run. */
  readonly needed: readonly string[];
  /** What its prerequisites would install; whether it runs without is theirs to say. */
  readonly asked: readonly string[];
}

export interface PlannedPrerequisite {
  readonly description: string;
  readonly executor: ExecutorName;
  readonly check: string;
  readonly get: string | null;
}

/** The spacing of a test's signals tells how long it really takes: fifteen rows five seconds apart are a little over a minute. */
export const expectedSeconds = (signals: readonly Signal[], timeScale: number): number | null => {
  const spans = signals.flatMap((signal) =>
    signal.every === null ? [] : [signal.count.min * signal.every.intervalSeconds],
  );
  return spans.length === 0 ? null : Math.max(...spans) / timeScale;
};
