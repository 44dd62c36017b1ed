import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { explainRule } from '../../api/hunt/explain-rule.ts';
import { runHunt } from '../../api/hunt/run-hunt.ts';
import { isError } from '../../model/diagnostic.ts';
import { exitCode, worstExitCode, type ExitCode } from '../../model/exit-code.ts';
import type { HuntSummary } from '../../model/hunt.ts';
import { levels, type Level } from '../../query/sigma/rule/rule.ts';
import { renderDiagnostics } from '../../report/diagnostics/render-diagnostics.ts';
import { renderHuntDetails } from '../../report/hunt/render-hunt-details.ts';
import { renderHuntExplanation } from '../../report/hunt/render-hunt-explanation.ts';
import { renderHuntLayer } from '../../report/navigator/hunt-layer.ts';
import { systemTicker } from '../../report/terminal/ticker.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';
import { createHuntProgress } from '../hunt/progress.ts';
import { createHuntOutput } from '../hunt/output.ts';
import { addHuntOptions, huntSettings, type HuntFlags } from '../hunt/options.ts';
import { paintOf } from '../paint-of.ts';

export const addHunt = (program: Command, perform: Perform): void => {
  addHuntOptions(program.command('hunt')).action((flags: HuntFlags) =>
    perform((context) => (flags.explain === undefined ? hunt(flags, context) : explain(flags.explain, flags, context))),
  );
};

const explain = async (
  rule: string,
  flags: HuntFlags,
  { cwd, screen, stdout, signal }: CommandContext,
): Promise<ExitCode> => {
  const explanation = await explainRule(rule, { ...huntSettings(flags, cwd), signal });
  if (flags.json === true || flags.format === 'json')
    stdout.write(`${JSON.stringify({ schemaVersion: 1, kind: 'hunt-explanation', ...explanation }, null, 2)}\n`);
  else screen.print(renderHuntExplanation(screen, explanation));
  screen.note(renderDiagnostics(explanation.diagnostics, paintOf(screen)));
  return explanation.diagnostics.length > 0 ? exitCode.bug : exitCode.ok;
};

const hunt = async (flags: HuntFlags, context: CommandContext): Promise<ExitCode> => {
  const { cwd, screen, signal } = context;
  const settings = huntSettings(flags, cwd);
  const output = createHuntOutput(flags.json === true ? 'json' : flags.format, flags.examples, context);
  const progress = createHuntProgress(screen, systemTicker);
  const summary = await runHunt({
    ...settings,
    keep: output.keep,
    onHit: (hit) => {
      output.add(hit);
    },
    onProgress: progress.update,
    signal,
  }).finally(progress.stop);
  await output.end(summary);
  if (flags.navigator !== undefined) await writeFile(resolve(cwd, flags.navigator), renderHuntLayer(summary));
  screen.note(renderHuntDetails(summary, flags.verbose === true));
  const shown = flags.verbose === true ? summary.diagnostics : summary.diagnostics.filter(isError);
  screen.note(renderDiagnostics(shown, paintOf(screen)));
  return exitCodeOf(summary, flags.failOn);
};

/** Hits are what a hunt is for: they are a failure only where someone says so. That our engines disagree is our bug. */
const exitCodeOf = ({ byRule, diagnostics }: HuntSummary, failOn: Level | undefined): ExitCode =>
  worstExitCode([
    ...(diagnostics.some(isError) ? [exitCode.bug] : []),
    ...(failOn !== undefined && byRule.some(({ rule }) => levels.indexOf(rule.level as Level) >= levels.indexOf(failOn))
      ? [exitCode.gap]
      : []),
  ]);
