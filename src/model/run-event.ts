import type { Diagnostic } from './diagnostic.ts';
import type { Loss } from './loss.ts';
import type { Result, RunResult } from './run-result.ts';

/** What a run tells its reporters while it goes on. Reporters are pure consumers; the run never prints. */
export type RunEvent =
  | {
      readonly type: 'loaded';
      readonly atomics: number;
      readonly detections: number;
      readonly notLoaded: readonly Diagnostic[];
    }
  | {
      readonly type: 'run-started';
      readonly runId: string;
      readonly scenario: string;
      readonly driver: string;
      readonly variants: readonly string[];
    }
  /** Setting up: a package installed, a driver passed over, with the reason. */
  | { readonly type: 'notice'; readonly text: string }
  | {
      readonly type: 'lab-ready';
      readonly hosts: readonly string[];
      readonly elapsedMs: number;
      readonly sealed: number;
    }
  | {
      readonly type: 'step-started';
      readonly variant: string;
      readonly phase: string;
      readonly host: string;
      readonly expectedSeconds: number | null;
    }
  | {
      readonly type: 'step-finished';
      readonly variant: string;
      readonly phase: string;
      readonly exitCode: number | null;
      readonly elapsedMs: number;
    }
  | { readonly type: 'loss'; readonly loss: Loss }
  | { readonly type: 'judged'; readonly result: Result }
  | {
      readonly type: 'run-finished';
      readonly result: RunResult;
      readonly folder: string;
      readonly files: readonly string[];
      readonly elapsedMs: number;
    };

export interface Reporter {
  /** At most one reporter may own standard output. */
  readonly printsToStdout: boolean;
  onEvent(event: RunEvent): void | Promise<void>;
}
