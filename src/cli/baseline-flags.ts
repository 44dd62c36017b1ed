import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readBaseline, updateBaseline } from '../api/baseline-file.ts';
import { compareBaselines } from '../judge/comparison/compare.ts';
import { baselineOf } from '../judge/comparison/snapshot.ts';
import { exitCode, type ExitCode } from '../model/exit-code.ts';
import type { RunResult } from '../model/run-result.ts';
import { renderComparison } from '../report/comparison/render-comparison.ts';
import type { CommandContext } from './context.ts';

export interface BaselineFlags {
  readonly baseline?: string;
  readonly updateBaseline?: string | true;
  readonly json?: boolean;
}

export const baselineFile = 'reports/baseline.json';

export const addBaselineOptions = (command: Command): Command =>
  command
    .option('--baseline <file>', 'compare with a baseline; exit code 1 when anything got worse')
    .option('--update-baseline [file]', `put the results into a baseline, ${baselineFile} when no file is named`);

/** Compares first, so that one command can do both and still say what changed. */
export const applyBaseline = async (
  results: readonly RunResult[],
  flags: BaselineFlags,
  { cwd, screen }: CommandContext,
): Promise<ExitCode> => {
  const now = baselineOf(results);
  let code: ExitCode = exitCode.ok;
  if (flags.baseline !== undefined) {
    const comparison = compareBaselines(await readBaseline(resolve(cwd, flags.baseline)), now);
    // With --json standard output is the result's alone.
    const text = `\nCompared with ${flags.baseline}\n${renderComparison(comparison)}`;
    if (flags.json === true) screen.note(text);
    else screen.print(text);
    if (comparison.regressions > 0) code = exitCode.gap;
  }
  if (flags.updateBaseline !== undefined) await update(results, flags.updateBaseline, cwd, (text) => screen.note(text));
  return code;
};

const update = async (
  results: readonly RunResult[],
  wanted: string | true,
  cwd: string,
  note: (text: string) => void,
): Promise<void> => {
  const file = wanted === true ? baselineFile : wanted;
  const usable = results.filter((result) => !isBroken(result.exitCode));
  for (const { scenario } of results.filter((result) => isBroken(result.exitCode))) {
    note(`${scenario.id}: the lab was broken, its baseline stays as it was\n`);
  }
  if (usable.length === 0) return;
  await updateBaseline(resolve(cwd, file), baselineOf(usable));
  note(`${file}: ${usable.map(({ scenario }) => scenario.id).join(', ')} updated\n`);
};

/** What a broken lab or a bug of ours said is no standard for later runs. */
const isBroken = (code: number): boolean => code === exitCode.environment || code === exitCode.bug;
