import type { Residue, Result } from '../../model/run-result.ts';
import type { DetectionResult, SignalResult } from '../../model/verdict.ts';
import { describeDetection, isExpectedNotRun } from '../findings/findings.ts';

export type Outcome =
  | { readonly kind: 'passed' }
  /** The product's answer is no: an expectation was not met. */
  | { readonly kind: 'failure'; readonly type: string; readonly message: string }
  /** Nobody can say: the attack did not happen, or we failed. */
  | { readonly kind: 'error'; readonly type: string; readonly message: string }
  | { readonly kind: 'skipped'; readonly message: string };

export interface TestCase {
  readonly name: string;
  readonly file: string;
  readonly seconds: number;
  readonly outcome: Outcome;
  readonly stdout: string;
  readonly stderr: string;
}

const passed: Outcome = { kind: 'passed' };

/** What a run claims of one variant: that the attack happened, left its signals, was judged as expected and was cleaned up. */
export const testCasesOf = (result: Result): readonly TestCase[] => [
  {
    name: `${result.variant} › attack`,
    file: result.atomic.file,
    seconds: secondsOf(result),
    outcome: attackOutcome(result),
    stdout: result.executed.stdout,
    stderr: result.executed.stderr,
  },
  ...result.signals.map((signal) =>
    instant(`${result.variant} › signal ${signal.id}`, result.atomic.file, signalOutcome(result, signal)),
  ),
  ...result.detections.map((detection) =>
    instant(`${result.variant} › ${detection.id}`, detection.file, detectionOutcome(detection)),
  ),
  instant(
    `${result.variant} › cleanup`,
    result.atomic.file,
    cleanupOutcome(result.cleanup.left, result.cleanup.verdict),
  ),
];

/** The lab's own: a run that leaves something on the machine must not look green. */
export const labCases = (residue: readonly Residue[]): readonly TestCase[] => [
  instant(
    'lab › leaves nothing behind',
    '',
    cleanupOutcome(
      residue.map(({ kind, name, detail }) => `${kind} ${name}: ${detail}`),
      residue.length === 0 ? 'clean' : 'dirty',
    ),
  ),
];

const instant = (name: string, file: string, outcome: Outcome): TestCase => ({
  name,
  file,
  seconds: 0,
  outcome,
  stdout: '',
  stderr: '',
});

const secondsOf = ({ executed: { startedAt, finishedAt } }: Result): number =>
  startedAt === null || finishedAt === null ? 0 : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;

const attackOutcome = (result: Result): Outcome => {
  const { status, reason, detail } = result.executed;
  if (status === 'executed') return passed;
  const message = detail === '' ? reason : `${reason}: ${detail}`;
  return isExpectedNotRun(result) ? { kind: 'skipped', message } : { kind: 'error', type: reason, message };
};

const signalOutcome = ({ executed }: Result, { verdict, met, want, got }: SignalResult): Outcome => {
  if (executed.status === 'not-run')
    return { kind: 'skipped', message: `the attack did not happen: ${executed.reason}` };
  return met ? passed : { kind: 'failure', type: verdict, message: `wanted ${want}, got ${got}` };
};

const detectionOutcome = (detection: DetectionResult): Outcome => {
  const { verdict, expected, met } = detection;
  const why = describeDetection(detection);
  const message = `${verdict}${expected === null ? '' : `, expected ${expected}`}${why === '' ? '' : `: ${why}`}`;
  if (verdict === 'not-run') return met ? { kind: 'skipped', message } : { kind: 'error', type: verdict, message };
  if (verdict === 'error') return { kind: 'error', type: verdict, message };
  return met ? passed : { kind: 'failure', type: verdict, message };
};

const cleanupOutcome = (left: readonly string[], verdict: 'clean' | 'dirty'): Outcome =>
  verdict === 'clean' ? passed : { kind: 'failure', type: 'dirty', message: `left behind: ${left.join(', ')}` };
