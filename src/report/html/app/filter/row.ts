import type { Result, RunResult } from '../../../../model/run-result.ts';
import type { DetectionResult } from '../../../../model/verdict.ts';

/** What the list shows and the filter decides on: one detection on one test, or a test that no detection judges. */
export interface Row {
  readonly result: Result;
  readonly detection: DetectionResult | null;
}

export const rowsOf = (run: RunResult): readonly Row[] =>
  run.results.flatMap((result): readonly Row[] =>
    result.detections.length === 0
      ? [{ result, detection: null }]
      : result.detections.map((detection) => ({ result, detection })),
  );
