import type { Host } from '../lab/driver.ts';
import type { ProvidedSoftware } from '../lab/software/provide-software.ts';
import type { DrillClock } from '../model/drill-clock.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { StepResult } from '../model/step.ts';
import type { Clock } from '../util/clock.ts';
import type { RunningService } from './services.ts';

/** What the phases of a drill share. The run never prints and never writes: it tells `emit`, and the caller wires the rest. */
export interface DrillContext {
  readonly host: (name: string) => Host;
  readonly clock: Clock;
  readonly drillClock: DrillClock;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
  /** Every command of the run so far, services included: sensors need them to tell causes apart. */
  readonly steps: StepResult[];
  /** Time between the end of a test and its cleanup, for what it left running to be seen. */
  readonly settleMs: number;
  /** Services that the topology gives its hosts: they run through the whole drill, and every test leans on them. */
  readonly hostServices: RunningService[];
  /** By host and package: what could not be had, and why. */
  readonly missingSoftware: ProvidedSoftware['missing'];
}
