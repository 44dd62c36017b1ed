import type { DrillClock } from '../model/drill-clock.ts';
import type { LabEvent } from '../model/event.ts';
import type { SensorReport } from '../model/manifest.ts';
import type { Persona } from '../model/persona.ts';
import type { StepResult } from '../model/step.ts';

/** What of a step its traces are known by. */
export type TracedStep = Pick<StepResult, 'step' | 'argv' | 'pid' | 'startedAt' | 'finishedAt'>;

/** What a sensor's parser is told of the host it watched. */
export interface SensorContext {
  readonly host: string;
  readonly persona: Persona;
  /** For example `LAB\\analyst`. */
  readonly user: string;
  /** Whether a syslog daemon of the lab runs on it. */
  readonly hasSyslog?: boolean;
  /** Kinds of the services that the topology gives it. */
  readonly services?: readonly string[];
  /** Process id of the agent; what it does itself is the harness. */
  readonly agentPid: number;
  /** Programs that the agent puts before a command (`setpriv` …): harness until they exec something else. */
  readonly launchers: readonly string[];
  /** Folder in the host that holds the harness's own files: paths below it are the harness. */
  readonly harnessFolder: string;
  /** Every step that ran on the host, with its first process. */
  readonly steps: readonly TracedStep[];
  /** Name of the environment variable that carries a step's id. */
  readonly markerVariable: string;
  readonly clock: DrillClock;
}

export interface SensorOutput {
  readonly events: readonly LabEvent[];
  readonly report: SensorReport;
  /** Why the evidence is not whole, so that nothing of its host may be judged; null when it is. */
  readonly broken: string | null;
}
