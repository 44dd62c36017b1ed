import type { Result } from '../../model/run-result.ts';
import type { DetectionResult, SignalResult } from '../../model/verdict.ts';
import { isError } from '../../model/diagnostic.ts';
import { microsOf } from '../../util/iso-time.ts';
import { plural } from '../../util/plural.ts';
import { detectionLabel } from '../findings/detection-label.ts';
import { formatDuration } from './duration.ts';
import { oneLine } from './one-line.ts';
import type { Screen } from './screen.ts';
import { dot, fit, pad, paint, sign, type Sign } from './style.ts';

const verdictWidth = Math.max(...['unobservable', 'not-run'].map((verdict) => verdict.length));

/** One variant: what was run, then a line for every signal and every detection. */
export const renderResult = (screen: Screen, result: Result, onlyUnmet: boolean): string => {
  const signals = result.signals.filter((signal) => !onlyUnmet || !signal.met);
  const detections = result.detections.filter((detection) => !onlyUnmet || !detection.met);
  const entries: readonly Entry[] = [...signals.map(signalEntry), ...detections.map(detectionEntry)];
  const idWidth = Math.max(0, ...entries.map(({ id }) => id.length));
  const lines = entries.map((entry) => renderEntry(screen, entry, idWidth));
  const marks = result.detections.length + result.signals.length > 0 ? marksOf(result) : [];
  const rests = marks.length === 0 || onlyUnmet ? [] : [paint(screen, 'quiet', `    rests on: ${marks.join(', ')}`)];
  return [header(screen, result), ...complaint(screen, result), ...lines, ...rests].map((line) => `${line}\n`).join('');
};

/** Something in it is not as expected, or the attack did not happen. */
export const isUnmet = (result: Result): boolean => result.executed.status === 'not-run' || hasUnmet(result);

const hasUnmet = ({ signals, detections }: Result): boolean => [...signals, ...detections].some(({ met }) => !met);

const header = (screen: Screen, result: Result): string => {
  const { technique, atomic, variant, executed } = result;
  const state: Sign = hasUnmet(result) ? 'unmet' : executed.status === 'not-run' ? 'skipped' : 'met';
  const test = `${technique}-${atomic.number} ${oneLine(atomic.name)}`;
  return `${sign(screen, state)} ${paint(screen, 'strong', oneLine(variant))}${dot(screen)}${test}${dot(screen)}${describeExecution(result)}`;
};

const describeExecution = ({ executed }: Result): string => {
  const { status, reason, detail, exitCode, startedAt, finishedAt } = executed;
  if (status === 'not-run') return `not run: ${reason}${detail === '' ? '' : ` (${oneLine(detail)})`}`;
  const took = startedAt === null || finishedAt === null ? null : (microsOf(finishedAt) - microsOf(startedAt)) / 1000;
  const exit = exitCode === 0 || exitCode === null ? '' : `, exit ${exitCode}`;
  return `executed${took === null ? '' : ` in ${formatDuration(took)}`}${exit}`;
};

/** What a test said that ended with an error: often the whole story. */
const complaint = (screen: Screen, { executed }: Result): readonly string[] => {
  const first = executed.stderr
    .split('\n')
    .map(oneLine)
    .find((line) => line.trim() !== '');
  if (executed.exitCode === 0 || executed.exitCode === null || first === undefined) return [];
  return [paint(screen, 'quiet', fit(screen, `    it said: ${first.trim()}`, Math.max(screen.width, 100)))];
};

/** A line of the list. */
interface Entry {
  readonly id: string;
  readonly verdict: string;
  readonly state: Sign;
  readonly text: string;
}

const renderEntry = (screen: Screen, { id, verdict, state, text }: Entry, idWidth: number): string =>
  `    ${sign(screen, state)} ${pad(verdict, verdictWidth)}  ${pad(id, idWidth)}  ${text}`;

const stateOf = ({ met, expected }: { readonly met: boolean; readonly expected: string | null }): Sign =>
  expected === null && met ? 'open' : met ? 'met' : 'unmet';

const signalEntry = (signal: SignalResult): Entry => ({
  id: signal.id,
  verdict: signal.verdict,
  state: stateOf(signal),
  text: [
    oneLine(signal.got),
    ...(signal.verdict === 'seen' ? [] : [`wanted ${oneLine(signal.want)}`]),
    ...(signal.met ? [] : [`expected ${signal.expected ?? ''}`]),
  ].join('; '),
});

const detectionEntry = (detection: DetectionResult): Entry => ({
  id: oneLine(detectionLabel(detection)),
  verdict: detection.verdict,
  state: stateOf(detection),
  text: [
    describeDetection(detection),
    ...(detection.met || detection.expected === null ? [] : [`expected ${detection.expected}`]),
  ].join('; '),
});

const describeDetection = ({ verdict, reason, rows, phases, diagnostics }: DetectionResult): string => {
  const offsets = `${phases.fired} of ${plural(phases.tried, 'start offset')}`;
  switch (verdict) {
    case 'fired':
      return `${plural(rows.length, 'row')}, at ${offsets}`;
    case 'noisy':
      return `${plural(rows.length, 'row')}, at ${offsets}, where it must stay silent`;
    case 'quiet':
      return `silent at ${plural(phases.tried, 'start offset')}`;
    case 'broken':
      return plural(diagnostics.filter(isError).length, 'error');
    case 'missed':
    case 'blind':
    case 'error':
    case 'not-run':
      return oneLine(reason?.summary ?? '');
  }
};

const marksOf = ({ marks, signals, detections }: Result): readonly string[] =>
  [...new Set([marks, ...signals.map((one) => one.marks), ...detections.map((one) => one.marks)].flat())]
    .sort()
    .map((mark) => mark.replaceAll('-', ' '));
