import { formatDuration } from './duration.ts';
import { oneLine } from './one-line.ts';
import { stepKey, type Progress, type StepStarted } from './progress.ts';
import type { Screen } from './screen.ts';
import { dot } from './style.ts';
import type { Ticker } from './ticker.ts';

const heartbeatMs = 30_000;

/** For logs: lines are only appended, and one every half minute says that the run is alive. */
export const createAppendedProgress = (screen: Screen, ticker: Ticker): Progress => {
  const running = new Map<string, { readonly step: StepStarted; readonly since: number }>();
  const line = (text: string): void => screen.note(`${text}\n`);
  const name = ({ variant, phase }: { readonly variant: string; readonly phase: string }): string =>
    `  ${oneLine(variant)}${dot(screen)}${phase}`;
  const stopTicking = ticker.every(heartbeatMs, () => {
    for (const { step, since } of running.values())
      line(`${name(step)} still runs after ${formatDuration(ticker.now() - since)}`);
  });
  return {
    started: (step) => {
      running.set(stepKey(step), { step, since: ticker.now() });
      const { expectedSeconds } = step;
      const expected = expectedSeconds === null ? '' : `, about ${formatDuration(expectedSeconds * 1000)}`;
      line(`${name(step)} started on ${step.host}${expected}`);
    },
    finished: (step) => {
      running.delete(stepKey(step));
      const outcome = step.exitCode === null ? 'ended without an exit code' : `exit ${step.exitCode}`;
      line(`${name(step)} ${outcome} after ${formatDuration(step.elapsedMs)}`);
    },
    around: (write) => write(),
    stop: stopTicking,
  };
};
