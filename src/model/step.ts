import type { EventOrigin } from './event.ts';

/** One command that the harness starts on one host: the root of everything it causes. */
export interface Step {
  /** Unique in a run, for example `as-documented/test`. */
  readonly id: string;
  /** Key of the variant, null for lab furniture. */
  readonly variant: string | null;
  readonly origin: EventOrigin;
  readonly host: string;
}

/** What came of a step. One shape for success and failure. */
export interface StepResult {
  readonly step: Step;
  readonly argv: readonly string[];
  /** Process id of the step's first process, in the host's own numbering. Null when it could not be started. */
  readonly pid: number | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** The command was not found or not executable. */
  readonly failedToStart: string | null;
  /** Output of the host: hostile text. At most `outputLimit` bytes each; `truncated` says when more was printed. */
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  /** Real time, microseconds since the epoch. */
  readonly startedAt: number;
  readonly finishedAt: number;
}
