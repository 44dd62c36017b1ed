import type { Executed } from '../model/run-result.ts';
import { notImplementedExit } from '../model/in-host.ts';
import type { StepResult } from '../model/step.ts';
import { isoMicros } from '../util/iso-time.ts';

/** Which way the attack did not happen. The last ones are not the test's doing, and exit code 3. */
export type NotRunReason =
  | 'prerequisite'
  | 'manual'
  | 'executor'
  | 'failed-to-start'
  | 'tool-missing'
  | 'not-implemented'
  | 'timeout'
  | 'unasked'
  | 'service-died'
  | 'sensor-lost'
  | 'host-failed'
  | 'interrupted';

const timesAndOutput = (result: StepResult | undefined): Omit<Executed, 'status' | 'reason' | 'detail'> => ({
  exitCode: result?.exitCode ?? null,
  startedAt: result === undefined ? null : isoMicros(result.startedAt),
  finishedAt: result === undefined ? null : isoMicros(result.finishedAt),
  stdout: result?.stdout ?? '',
  stderr: result?.stderr ?? '',
});

export const notRun = (reason: NotRunReason, detail: string, result?: StepResult): Executed => ({
  status: 'not-run',
  reason,
  detail,
  ...timesAndOutput(result),
});

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Exit codes by which shells say that there was no such program: POSIX shells, cmd. */
const missingTool = new Set([126, 127, 9009]);

/**
 * A non-zero exit code does not say that the attack did not happen (signals do), except where it says that the program was
 * never there. `unasked` is the first of the expected questions that it did not ask.
 */
export const executedFrom = (result: StepResult, unasked: string | null = null): Executed => {
  if (result.failedToStart !== null) return notRun('failed-to-start', result.failedToStart, result);
  if (result.timedOut) {
    const why = 'the test did not end within its time';
    return notRun('timeout', unasked === null ? why : `${why}: it never asked ${unasked}`, result);
  }
  if (result.exitCode !== null && missingTool.has(result.exitCode)) {
    return notRun('tool-missing', `exit code ${result.exitCode}: a program it needs is not on the host`, result);
  }
  if (result.exitCode === notImplementedExit) {
    return notRun('not-implemented', `the Windows persona does not implement it: ${lastLine(result.stderr)}`, result);
  }
  if (unasked !== null) return notRun('unasked', `the test ended before it asked ${unasked}`, result);
  return { status: 'executed', reason: 'executed', detail: '', ...timesAndOutput(result) };
};
