import type { Loss } from './loss.ts';
import type { Mark, Persona } from './persona.ts';
import type { Playbook } from './playbook.ts';
import type { CleanupVerdict, DetectionResult, SignalResult } from './verdict.ts';
import type { Diagnostic } from './diagnostic.ts';

/** Whether the attack happened. `reason` says which way it did not. */
export interface Executed {
  readonly status: 'executed' | 'not-run';
  /** For example `executed`, `prerequisite`, `timeout`, `failed-to-start`, `sensor-lost`, `service-died`. */
  readonly reason: string;
  readonly detail: string;
  readonly exitCode: number | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One atomic, in one variant, on its hosts, with everything that was judged of it. */
export interface Result {
  /** Joins two runs: `scenario/variant/atomic-guid/role=host,…`. */
  readonly key: string;
  readonly technique: string;
  readonly atomic: {
    readonly guid: string;
    readonly number: number;
    readonly name: string;
    readonly file: string;
    /** As its file names it: `bash`, `powershell` … */
    readonly executor?: string;
  };
  readonly variant: string;
  readonly description: string;
  readonly scope: 'atomic' | 'scenario' | 'benign' | 'background';
  readonly hosts: Readonly<Record<string, string>>;
  readonly persona: Persona;
  /** The command after its inputs were put in. */
  readonly command: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly executed: Executed;
  readonly signals: readonly SignalResult[];
  readonly detections: readonly DetectionResult[];
  readonly cleanup: { readonly verdict: CleanupVerdict; readonly left: readonly string[] };
  /** A short timeline for reports: matched rows of the signals. */
  readonly timeline: readonly TimelineEntry[];
  readonly marks: readonly Mark[];
}

export interface TimelineEntry {
  /** ISO 8601 UTC with microseconds. */
  readonly time: string;
  readonly signal: string | null;
  readonly action: string;
  readonly summary: string;
  readonly host: string;
}

export interface TechniqueCoverage {
  readonly technique: string;
  readonly name: string;
  readonly status: 'detected' | 'partial' | 'telemetry-only' | 'blind' | 'noisy' | 'untested';
  readonly fired: number;
  readonly tried: number;
  /** A pre-compromise technique is judged by the behaviour that stood for it. */
  readonly inferential: boolean;
}

export interface Residue {
  readonly kind: 'process' | 'mount' | 'folder' | 'container' | 'image' | 'network' | 'audit rule';
  readonly name: string;
  readonly detail: string;
}

/** `run.json`: the result of one run. Every list is sorted; additive changes only within a version. */
export interface RunResult {
  readonly schemaVersion: 1;
  readonly runId: string;
  readonly scenario: {
    readonly id: string;
    readonly name: string;
    readonly file: string;
    readonly description: string;
  };
  readonly driver: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly attack: { readonly version: string };
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly exitCode: number;
  readonly notLoaded: readonly Diagnostic[];
  readonly losses: readonly Loss[];
  readonly results: readonly Result[];
  readonly coverage: readonly TechniqueCoverage[];
  readonly residue: readonly Residue[];
  /** Analysts' cards of the techniques in `coverage`; runs of before there were any have none. */
  readonly playbooks?: readonly Playbook[];
  /** Text of every detection file that a result names, so that a report can show the query's own lines. */
  readonly sources: Readonly<Record<string, string>>;
}
