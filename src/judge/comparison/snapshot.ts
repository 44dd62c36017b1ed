import type { Baseline, BaselineResult, BaselineScenario } from '../../model/baseline.ts';
import type { Result, RunResult } from '../../model/run-result.ts';

/** What of runs a later run is compared with; of two runs of one scenario the last one counts. Keys are sorted. */
export const baselineOf = (runs: readonly RunResult[]): Baseline => ({
  schemaVersion: 1,
  kind: 'baseline',
  scenarios: sorted(runs.map((run) => [run.scenario.id, scenarioOf(run)])),
});

/** The first with the scenarios of the second in place of its own. */
export const mergeBaselines = (old: Baseline, update: Baseline): Baseline => ({
  ...update,
  scenarios: sorted(Object.entries({ ...old.scenarios, ...update.scenarios })),
});

const scenarioOf = (run: RunResult): BaselineScenario => ({
  runId: run.runId,
  driver: run.driver,
  attack: run.attack.version,
  environment: sorted(Object.entries(run.environment)),
  results: sorted(run.results.map((result) => [result.key, resultOf(result)])),
});

const resultOf = ({ technique, variant, command, executed, signals, detections }: Result): BaselineResult => ({
  technique,
  variant,
  command,
  executed: executed.reason,
  signals: sorted(signals.map(({ id, verdict, rows }) => [id, { verdict, rows }])),
  detections: sorted(
    detections.map(({ id, verdict, phases: { fired, tried }, hash }) => [id, { verdict, fired, tried, hash }]),
  ),
});

const sorted = <T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
