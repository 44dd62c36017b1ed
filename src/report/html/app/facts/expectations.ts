import type { Result, RunResult } from '../../../../model/run-result.ts';
import { whyOf } from './why.ts';

/** An expectation that the run did not meet. */
export interface Unmet {
  readonly result: Result;
  readonly kind: 'detection' | 'signal';
  readonly id: string;
  readonly title: string;
  readonly verdict: string;
  readonly expected: string | null;
  readonly why: string;
}

const unmetDetections = (result: Result): readonly Unmet[] =>
  result.detections
    .filter((detection) => !detection.met)
    .map((detection) => ({
      result,
      kind: 'detection',
      id: detection.id,
      title: detection.title,
      verdict: detection.verdict,
      expected: detection.expected,
      why: whyOf(detection),
    }));

const unmetSignals = (result: Result): readonly Unmet[] =>
  result.signals
    .filter((signal) => !signal.met)
    .map((signal) => ({
      result,
      kind: 'signal',
      id: signal.id,
      title: signal.description,
      verdict: signal.verdict,
      expected: signal.expected,
      why: `wanted ${signal.want}, got ${signal.got}`,
    }));

export const unmetOf = (run: RunResult): readonly Unmet[] =>
  run.results.flatMap((result) => [...unmetDetections(result), ...unmetSignals(result)]);

/** How many expectations the scenario declares. */
export const expectationCount = (run: RunResult): number =>
  run.results
    .flatMap((result) => [...result.detections, ...result.signals])
    .filter((judged) => judged.expected !== null).length;
