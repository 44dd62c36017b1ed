import type { DrillClock } from './drill-clock.ts';
import type { Loss } from './loss.ts';
import type { Step } from './step.ts';
import type { Topology } from './topology.ts';
import type { CleanupVerdict } from './verdict.ts';
import type { Executed } from './run-result.ts';
import type { Mark } from './persona.ts';

/** What one sensor of one host can see, and what it saw. */
export interface SensorReport {
  readonly host: string;
  readonly sensor: string;
  /** With its version, for example `strace 6.1`. */
  readonly tool: string;
  /** Event actions that this sensor can produce on this host. A table filled by none of the active sensors is blind. */
  readonly actions: readonly string[];
  /** Event columns that this sensor never fills on this host. */
  readonly neverFills: readonly string[];
  /** Raw evidence files, relative to the recording's folder `raw`, with their parser's version. */
  readonly raw: readonly { readonly file: string; readonly parser: string; readonly bytes: number }[];
  readonly events: number;
  readonly losses: readonly Loss[];
}

/** A threat-intelligence indicator of the lab: an address and what is said of it. */
export interface Indicator {
  readonly value: string;
  readonly type: 'ipv4-addr' | 'domain-name' | 'url';
  readonly threatType: string;
  readonly confidence: number;
  readonly description: string;
  readonly active: boolean;
}

/** Everything that judging needs to know of a run and that its events do not hold. */
export interface Manifest {
  readonly schemaVersion: 1;
  readonly runId: string;
  readonly scenario: string;
  readonly driver: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Real time, ISO 8601 UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly topology: Topology;
  readonly indicators: readonly Indicator[];
  readonly clock: DrillClock;
  readonly steps: readonly Step[];
  readonly executions: readonly VariantExecution[];
  readonly sensors: readonly SensorReport[];
  /** What parsing the raw evidence again needs; absent where the events were made in another way. */
  readonly parsing?: ParsingFacts;
  /** Version of the event columns, so that an old recording is parsed again rather than misread. */
  readonly eventVersion: number;
}

/** Process ids tell whose system calls a trace holds; the trace alone does not say which of them were steps. */
export interface ParsingFacts {
  /** Host → process id of the agent in it. */
  readonly agents: Readonly<Record<string, number>>;
  /** One for each of the manifest's steps that has its id. Real time, ISO 8601 UTC. */
  readonly steps: readonly {
    readonly id: string;
    readonly argv: readonly string[];
    readonly pid: number | null;
    readonly startedAt: string;
    readonly finishedAt: string;
  }[];
}

/** What happened when one variant of a scenario was run; judged later, here or on another machine. */
export interface VariantExecution {
  readonly variant: string;
  /** GUID of the atomic. */
  readonly atomic: string;
  readonly roles: Readonly<Record<string, string>>;
  /** The command after its inputs were put in, and the inputs themselves, defaults included. */
  readonly command: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly executed: Executed;
  readonly cleanup: { readonly verdict: CleanupVerdict; readonly left: readonly string[] };
  /** Marks of the run itself, for example a compressed clock. */
  readonly marks: readonly Mark[];
}
