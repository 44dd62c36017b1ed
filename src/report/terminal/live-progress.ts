import { formatDuration } from './duration.ts';
import { oneLine } from './one-line.ts';
import { stepKey, type Progress, type StepStarted } from './progress.ts';
import type { Screen } from './screen.ts';
import { dot, fit, paint } from './style.ts';
import type { Ticker } from './ticker.ts';

const redrawMs = 100;
const up = (lines: number): string => (lines === 0 ? '' : `\u001b[${lines}A`);
const clearBelow = '\r\u001b[J';

/** One line per running step, redrawn in place at most ten times a second. */
export const createLiveProgress = (screen: Screen, ticker: Ticker): Progress => {
  const running = new Map<string, { readonly step: StepStarted; readonly since: number }>();
  let drawn = 0;
  let last: string | null = null;

  const erase = (): void => {
    if (drawn > 0) screen.note(up(drawn) + clearBelow);
    drawn = 0;
    last = null;
  };
  const draw = (): void => {
    const lines = [...running.values()].map(({ step, since }) => describeStep(screen, step, ticker.now() - since));
    const text = lines.map((line) => `${line}\n`).join('');
    if (text === last || (text === '' && drawn === 0)) return;
    screen.note((drawn > 0 ? up(drawn) + clearBelow : '') + text);
    drawn = lines.length;
    last = text;
  };
  const stopTicking = ticker.every(redrawMs, draw);

  return {
    started: (step) => void running.set(stepKey(step), { step, since: ticker.now() }),
    finished: (step) => void running.delete(stepKey(step)),
    around: (write) => {
      erase();
      write();
    },
    stop: () => {
      stopTicking();
      erase();
    },
  };
};

const describeStep = (
  screen: Screen,
  { variant, phase, host, expectedSeconds }: StepStarted,
  elapsedMs: number,
): string => {
  // Whole seconds: a line that changes ten times a second is redrawn ten times a second.
  const elapsed = formatDuration(Math.floor(elapsedMs / 1000) * 1000).replace('.0', '');
  const expected =
    expectedSeconds === null ? '' : ` of about ${formatDuration(expectedSeconds * 1000).replace('.0', '')}`;
  const text = fit(
    screen,
    `  ${oneLine(variant)}${dot(screen)}${phase} on ${host}${dot(screen)}${elapsed}${expected}`,
    screen.width - 1,
  );
  return paint(screen, 'quiet', text);
};
