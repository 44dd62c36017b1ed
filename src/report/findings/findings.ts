import { isError } from '../../model/diagnostic.ts';
import type { Place } from '../../model/place.ts';
import type { Result, RunResult } from '../../model/run-result.ts';
import type { DetectionResult } from '../../model/verdict.ts';
import { oneLine } from '../terminal/one-line.ts';

/** Something that a reader of a run should look at: an expectation that was not met, a gap that was expected, or what was left behind. */
export interface Finding {
  /** `error`: it changes the exit code. `note`: the scenario expects it. */
  readonly level: 'error' | 'note';
  readonly kind: 'detection' | 'signal' | 'execution' | 'cleanup';
  /** Detection or signal; the kind for the other two. */
  readonly id: string;
  /** Key of the result. */
  readonly key: string;
  readonly technique: string;
  readonly variant: string;
  /** A verdict; for an execution the reason why it is `not-run`. */
  readonly verdict: string;
  readonly expected: string | null;
  /** One line, safe to print. */
  readonly message: string;
  /** The file to open: the rule's, or the test's. */
  readonly file: string;
  readonly place: Place | null;
}

const gaps: ReadonlySet<string> = new Set(['missed', 'blind', 'broken', 'noisy', 'error']);

/** Worst first: errors before notes, and in each the order of the results. */
export const findingsOf = ({ results }: RunResult): readonly Finding[] => {
  const all = results.flatMap(findingsOfOne);
  return [...all.filter(({ level }) => level === 'error'), ...all.filter(({ level }) => level === 'note')];
};

/** `server › outbound-public: missed, expected fired`. */
export const findingTitle = ({ variant, id, verdict, expected, level }: Finding): string => {
  const hoped = expected === null ? '' : level === 'note' ? ', as expected' : `, expected ${expected}`;
  return oneLine(`${variant} › ${id}: ${verdict}${hoped}`);
};

const findingsOfOne = (result: Result): readonly Finding[] => {
  const { executed, cleanup } = result;
  const happened = executed.status === 'executed';
  return [
    ...(happened || isExpectedNotRun(result) ? [] : [executionFinding(result)]),
    // Nothing is said twice: an attack that did not happen leaves every one of its expectations open.
    ...(happened ? signalFindings(result) : []),
    ...result.detections.filter(({ verdict }) => happened || verdict !== 'not-run').flatMap(detectionFinding(result)),
    ...(cleanup.verdict === 'dirty' ? [cleanupFinding(result)] : []),
  ];
};

export const isExpectedNotRun = ({ detections }: Result): boolean =>
  detections.some(({ expected }) => expected === 'not-run');

const common = ({ key, technique, variant }: Result) => ({ key, technique, variant });

const executionFinding = (result: Result): Finding => ({
  ...common(result),
  level: 'error',
  kind: 'execution',
  id: 'execution',
  verdict: result.executed.reason,
  expected: 'executed',
  message: oneLine(result.executed.detail),
  file: result.atomic.file,
  place: null,
});

const cleanupFinding = (result: Result): Finding => ({
  ...common(result),
  level: 'error',
  kind: 'cleanup',
  id: 'cleanup',
  verdict: 'dirty',
  expected: 'clean',
  message: oneLine(`left behind: ${result.cleanup.left.join(', ')}`),
  file: result.atomic.file,
  place: null,
});

const signalFindings = (result: Result): readonly Finding[] =>
  result.signals
    .filter(({ met }) => !met)
    .map(({ id, verdict, expected, want, got }) => ({
      ...common(result),
      level: 'error',
      kind: 'signal',
      id,
      verdict,
      expected,
      message: oneLine(`wanted ${want}, got ${got}`),
      file: result.atomic.file,
      place: null,
    }));

const detectionFinding =
  (result: Result) =>
  (detection: DetectionResult): readonly Finding[] => {
    const { id, verdict, expected, met, file } = detection;
    if (met && !gaps.has(verdict)) return [];
    return [
      {
        ...common(result),
        level: met ? 'note' : 'error',
        kind: 'detection',
        id,
        verdict,
        expected,
        message: describeDetection(detection),
        file,
        place: placeOf(detection),
      },
    ];
  };

/** Why, in one line. A rule that fires at some start offsets only has no clause to blame. */
export const describeDetection = ({ verdict, reason, phases }: DetectionResult): string => {
  const share = verdict === 'fired' ? [`fired at ${phases.fired} of ${phases.tried} start offsets`] : [];
  return oneLine([...share, ...(reason === null ? [] : [reason.summary])].join('; '));
};

const placeOf = ({ reason, diagnostics }: DetectionResult): Place | null =>
  reason?.place ?? diagnostics.find((one) => isError(one) && one.place !== undefined)?.place ?? null;
