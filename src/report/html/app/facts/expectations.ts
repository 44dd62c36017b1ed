import type { Result, RunResult } from '../../../../model/run-result.ts';
import type { DetectionResult } from '../../../../model/verdict.ts';
import { rowsOf } from '../filter/row.ts';
import { worstFirst } from './order.ts';
import { whyOf } from './why.ts';

/** An expectation that the run did not meet. */
export interface Unmet {
  readonly result: Result;
  readonly kind: 'detection' | 'signal';
  readonly id: string;
  readonly title: string;
  readonly verdict: string;
  readonly expected: string | null;
  /** The clause that decided, where one did. */
  readonly clause: string | null;
  readonly why: string;
}

const unmetDetections = (result: Result, detection: DetectionResult): readonly Unmet[] =>
  detection.met
    ? []
    : [
        {
          result,
          kind: 'detection',
          id: detection.id,
          title: detection.title,
          verdict: detection.verdict,
          expected: detection.expected,
          clause: detection.reason?.clause ?? null,
          why: whyOf(detection),
        },
      ];

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
      clause: null,
      why: `wanted ${signal.want}, got ${signal.got}`,
    }));

/** Worst first, as the table has them. */
export const unmetOf = (run: RunResult): readonly Unmet[] =>
  worstFirst(rowsOf(run)).flatMap(({ result, rows }) => [
    ...unmetSignals(result),
    ...rows.flatMap(({ detection }) => (detection === null ? [] : unmetDetections(result, detection))),
  ]);

/** How many expectations the scenario declares. */
export const expectationCount = (run: RunResult): number =>
  run.results
    .flatMap((result) => [...result.detections, ...result.signals])
    .filter((judged) => judged.expected !== null).length;
