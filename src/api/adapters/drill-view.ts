import type { Result, RunResult } from '../../model/run-result.ts';

/** Judged results, all of a run or a part of them: what assertions are made about. */
export interface DrillView {
  readonly name: string;
  readonly results: readonly Result[];
}

/** All results of a run. */
export const viewRun = ({ scenario, results }: RunResult): DrillView => ({ name: scenario.id, results });

/** The results of one variant. Throws when the run has none of that name. */
export const viewVariant = (run: RunResult, variant: string): DrillView => {
  const results = run.results.filter((result) => result.variant === variant);
  if (results.length > 0) return { name: `${run.scenario.id}/${variant}`, results };
  const names = [...new Set(run.results.map((result) => result.variant))];
  throw new Error(`${run.scenario.id} has no variant ${JSON.stringify(variant)}; it has ${names.join(', ')}`);
};
