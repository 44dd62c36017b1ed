import type { RunEvent } from '../../model/run-event.ts';
import type { Screen } from './screen.ts';
import { createAppendedProgress } from './appended-progress.ts';
import { createLiveProgress } from './live-progress.ts';
import type { Ticker } from './ticker.ts';

export type StepStarted = Extract<RunEvent, { type: 'step-started' }>;
export type StepFinished = Extract<RunEvent, { type: 'step-finished' }>;

/** Steps that are running, on standard error. */
export interface Progress {
  started(step: StepStarted): void;
  finished(step: StepFinished): void;
  /** Runs `write` with nothing of the progress in its way. */
  around(write: () => void): void;
  stop(): void;
}

export const createProgress = (screen: Screen, ticker: Ticker): Progress =>
  screen.live ? createLiveProgress(screen, ticker) : createAppendedProgress(screen, ticker);

export const stepKey = ({ variant, phase }: { readonly variant: string; readonly phase: string }): string =>
  `${variant}/${phase}`;
