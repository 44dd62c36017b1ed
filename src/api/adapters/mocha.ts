import { before } from 'mocha';
import type { RunResult } from '../../model/run-result.ts';
import { judge, runScenario, type JudgeSettings, type ScenarioSettings } from '../drill.ts';
import { viewRun, viewVariant, type DrillView } from './drill-view.ts';

export type { DrillView } from './drill-view.ts';

/** A run that happens before the specs of its suite; its results are there once it did. */
export interface Drill {
  /** The whole result, as `run.json` has it. */
  result(): RunResult;
  /** All variants. */
  all(): DrillView;
  variant(name: string): DrillView;
}

export interface DrillSettings extends ScenarioSettings {
  /** Milliseconds that the drill may take. Default: ten minutes. */
  readonly timeout?: number;
}

const tenMinutes = 600_000;

/** Drills a scenario in the lab, once, before the specs of the suite that it is called in. */
export const drill = (scenario: string, { timeout, ...settings }: DrillSettings = {}): Drill =>
  whenDone(timeout ?? tenMinutes, async (signal) => (await runScenario(scenario, { signal, ...settings })).result);

/** The same over a recording: needs no lab. */
export const replay = (
  recording: string,
  { timeout, ...settings }: JudgeSettings & { readonly timeout?: number } = {},
): Drill => whenDone(timeout ?? tenMinutes, async (signal) => (await judge(recording, { signal, ...settings })).result);

/** A little less than the suite's own patience, so that the lab is taken down in order and not left. */
const shareOfPatience = 0.9;

const whenDone = (timeout: number, run: (signal: AbortSignal) => Promise<RunResult>): Drill => {
  let finished: RunResult | null = null;
  before(async function () {
    this.timeout(timeout);
    finished = await run(AbortSignal.timeout(timeout * shareOfPatience));
  });
  const result = (): RunResult => {
    if (finished !== null) return finished;
    throw new Error('the drill has not run yet: ask for its results inside a spec (it, test)');
  };
  return { result, all: () => viewRun(result()), variant: (name) => viewVariant(result(), name) };
};
