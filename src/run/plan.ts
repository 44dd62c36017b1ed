import type { Atomic, ExecutorName } from '../model/atomic.ts';
import type { Scenario, Variant } from '../model/scenario.ts';
import type { Signal } from '../model/signal.ts';
import type { HostSpec, Topology } from '../model/topology.ts';

/** What will run, where: a scenario with everything looked up and every input put in. `--dry-run` prints it. */
export interface DrillPlan {
  readonly scenario: Scenario;
  readonly topology: Topology;
  /** The hosts that the scenario uses, and no others. */
  readonly hosts: readonly HostSpec[];
  readonly variants: readonly PlannedVariant[];
}

export interface PlannedVariant {
  readonly variant: Variant;
  readonly atomic: Atomic;
  readonly target: HostSpec;
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

export interface PlannedPrerequisite {
  readonly description: string;
  readonly executor: ExecutorName;
  readonly check: string;
  readonly get: string | null;
}

/** The spacing of a test's signals tells how long it takes: fifteen rows five seconds apart are a little over a minute. */
export const expectedSeconds = (signals: readonly Signal[]): number | null => {
  const spans = signals.flatMap((signal) =>
    signal.every === null ? [] : [signal.count.min * signal.every.intervalSeconds],
  );
  return spans.length === 0 ? null : Math.max(...spans);
};
