import type { Place } from '../model/place.ts';
import type { Result } from '../model/run-result.ts';
import type { Variant } from '../model/scenario.ts';
import type { DetectionResult } from '../model/verdict.ts';

/** An expectation that the run did not meet. */
export interface Unmet {
  readonly variant: string;
  /** `execution`: the attack did not happen, and nobody expected that. */
  readonly kind: 'execution' | 'signal' | 'detection';
  /** Signal or detection; the variant for an execution. */
  readonly id: string;
  readonly expected: string;
  /** A verdict, or for an execution the reason why it is `not-run`. */
  readonly got: string;
  readonly detail: string;
  /** Where the scenario says so. */
  readonly place: Place;
}

/** Everything in `result` that is not as the scenario expects it, in the order of the result. */
export const unmetOf = (variant: Variant, result: Result): readonly Unmet[] => [
  ...unmetExecution(variant, result),
  ...result.signals
    .filter((signal) => !signal.met)
    .map((signal) => ({
      variant: variant.name,
      kind: 'signal' as const,
      id: signal.id,
      expected: signal.expected ?? 'anything',
      got: signal.verdict,
      detail: `wanted ${signal.want}, got ${signal.got}`,
      place: variant.expect.signals.find((expectation) => expectation.signal === signal.id)?.place ?? variant.place,
    })),
  ...result.detections.filter((detection) => !detection.met).map((detection) => unmetDetection(variant, detection)),
];

const unmetExecution = (variant: Variant, { executed }: Result): readonly Unmet[] => {
  const expected = variant.expect.detections.some(({ verdict }) => verdict === 'not-run');
  if (executed.status === 'executed' || expected) return [];
  const { reason: got, detail } = executed;
  return [
    {
      variant: variant.name,
      kind: 'execution',
      id: variant.name,
      expected: 'executed',
      got,
      detail,
      place: variant.place,
    },
  ];
};

const unmetDetection = (variant: Variant, detection: DetectionResult): Unmet => {
  const expectation = variant.expect.detections.find((candidate) => candidate.detection === detection.id);
  const { verdict, reason, phases } = detection;
  const share = verdict === 'fired' ? [`${phases.fired} of ${phases.tried} start offsets fired`] : [];
  return {
    variant: variant.name,
    kind: 'detection',
    id: detection.id,
    expected: detection.expected ?? 'no error',
    got: verdict,
    detail: [...share, ...(reason === null ? [] : [reason.summary])].join('; '),
    place: expectation?.place ?? variant.place,
  };
};
