import type { Detection } from '../../model/detection.ts';
import type { Result } from '../../model/run-result.ts';
import type { DetectionResult, Quieting } from '../../model/verdict.ts';
import { withoutPrograms } from './without-programs.ts';

export interface Trials {
  /** The program of a variant that is ordinary life; null for an attack. */
  readonly programOf: (variant: string) => string | null;
  /** Judges a changed rule on a variant as the rule itself was. */
  readonly judge: (variant: string, detection: Detection) => Promise<DetectionResult>;
}

/**
 * A change that makes a noisy rule quiet on all the ordinary life of a run and lets it fire on every attack on which it fired, at as many
 * start offsets. It was run on each of them; null where there is none, or no attack to lose.
 */
export const quieten = async (
  detection: Detection,
  results: readonly Result[],
  { programOf, judge }: Trials,
): Promise<Quieting | null> => {
  const verdicts = results.map(({ variant, detections }) => ({
    variant,
    program: programOf(variant),
    before: detections.find(({ id }) => id === detection.id),
  }));
  const noisy = verdicts.filter(({ program, before }) => program !== null && before?.verdict === 'noisy');
  const fired = verdicts.filter(({ before }) => before?.verdict === 'fired');
  const changed = withoutPrograms(detection, [...new Set(noisy.flatMap(({ program }) => program ?? []))].sort());
  if (changed === null || fired.length === 0) return null;
  for (const { variant, before } of [...fired, ...noisy]) {
    const after = await judge(variant, changed.detection);
    const holds =
      before?.verdict === 'fired'
        ? after.verdict === 'fired' && after.phases.fired >= before.phases.fired
        : after.verdict === 'quiet';
    if (!holds) return null;
  }
  const names = (list: typeof verdicts): readonly string[] => list.map(({ variant }) => variant).sort();
  return { change: changed.change, line: changed.line, quiet: names(noisy), stillFires: names(fired) };
};

/** The same results, with what would quieten a rule said wherever it was noisy. */
export const withQuieting = (results: readonly Result[], found: ReadonlyMap<string, Quieting>): readonly Result[] =>
  results.map((result) => ({
    ...result,
    detections: result.detections.map((one) => {
      const quieting = one.verdict === 'noisy' && result.scope === 'benign' ? found.get(one.id) : undefined;
      if (quieting === undefined) return one;
      const said = describe(quieting);
      const summary = one.reason === null ? said : `${one.reason.summary}; ${said}`;
      return { ...one, reason: { blockers: [], ...one.reason, summary }, quieting };
    }),
  }));

const describe = ({ change, line, quiet, stillFires }: Quieting): string =>
  `with \`${change}\` below line ${line} of its query it is quiet (run on ${quiet.join(', ')}) and still fires on ${stillFires.join(', ')}`;
