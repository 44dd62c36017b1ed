import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result, RunResult } from '../../../src/model/run-result.ts';

const file = join(import.meta.dirname, '../../fixtures/run/t1583-003.json');

/** The hand-made run: four variants, two detections. */
export const runFixture = (): RunResult => JSON.parse(readFileSync(file, 'utf8')) as RunResult;

export const published = 't1583.003-sentinel-published';
export const maintained = 't1583.003-sentinel-maintained';

export const variantOf = (run: RunResult, variant: string): Result => {
  const result = run.results.find((candidate) => candidate.variant === variant);
  if (result === undefined) throw new Error(`the fixture has no variant ${variant}`);
  return result;
};

/** The run with its results changed one by one. */
export const withResults = (run: RunResult, change: (result: Result) => Result): RunResult => ({
  ...run,
  results: run.results.map(change),
});
