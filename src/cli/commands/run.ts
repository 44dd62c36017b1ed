import { basename, resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { attackVersion } from '../../attack/attack.ts';
import { chooseDriver } from '../../api/choose-driver.ts';
import { listFiles } from '../../content/read-files.ts';
import { readSettings } from '../../api/settings/read-settings.ts';
import { prepareMachine, thisMachine } from '../../api/prepare-machine.ts';
import { loadScenario, runScenario, type LoadOptions } from '../../api/run-scenario.ts';
import type { RunResult } from '../../model/run-result.ts';
import type { Reporter, RunEvent } from '../../model/run-event.ts';
import { exitCode, worstExitCode, type ExitCode } from '../../model/exit-code.ts';
import { renderRunJson } from '../../report/json/write-run.ts';
import { createReporters } from '../../report/reporters.ts';
import { createTerminalReporter } from '../../report/terminal/terminal-reporter.ts';
import { systemTicker } from '../../report/terminal/ticker.ts';
import { systemClock } from '../../util/clock.ts';
import { addBaselineOptions, applyBaseline, type BaselineFlags } from '../baseline-flags.ts';
import { addDetectionsOption, type DetectionsFlag } from '../detections-option.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';
import { allDrivers } from '../drivers.ts';
import { addEnvironmentOption, environmentSource, type EnvironmentFlag } from '../environment-option.ts';
import { explainError } from '../explain-error.ts';
import { withGitHub } from '../github.ts';
import { renderPlan } from '../render-plan.ts';

/** What `npm start` drills. */
const mainScenario = 'scenarios/t1583-003.yaml';

interface Flags extends BaselineFlags, DetectionsFlag, EnvironmentFlag {
  readonly driver?: string;
  readonly output: string;
  readonly quiet?: boolean;
  readonly dryRun?: boolean;
  readonly timeScale?: number;
  readonly audit: 'trace' | 'kernel';
}

export const addRun = (program: Command, perform: Perform): void => {
  addEnvironmentOption(
    addDetectionsOption(addBaselineOptions(program.command('run')), "judge these beside the scenario's own"),
    "judge in this environment in place of the scenario's own",
  )
    .description('drill a scenario: lab up, detonate, record, judge, report; leaves nothing behind')
    .argument(
      '[scenario...]',
      'ids or files; when absent those of tocsin.yaml, else the main one, else all of the project',
    )
    .option('--driver <name>', 'namespace or docker; the best that answers here when absent')
    .option('--output <folder>', 'gets one folder a run', 'reports')
    .addOption(
      new Option(
        '--time-scale <factor>',
        'run the drill’s clock so many times as fast: 60 makes a minute of an hour',
      ).argParser(factor),
    )
    .addOption(
      new Option('--audit <source>', 'where audit records of Linux hosts come from: the kernel’s own need root')
        .choices(['trace', 'kernel'])
        .default('trace'),
    )
    .option('--json', 'the result as one JSON document on standard output')
    .option('-q, --quiet', 'only what is not as expected, and the summary')
    .option('--dry-run', 'say what would run, where, and start nothing')
    .action((named: string[], flags: Flags) =>
      perform(async (context) => {
        const scenarios = named.length === 0 ? await usualScenarios(context) : named;
        return flags.dryRun === true
          ? planAll(scenarios, flags, context)
          : withGitHub(context, (github) => runAll(scenarios, flags, context, github));
      }),
    );
};

/** Those of the settings, else the main scenario of the content that comes with Tocsin, else all of the project. */
const usualScenarios = async ({ root, cwd, env }: CommandContext): Promise<readonly string[]> => {
  const { settings } = await readSettings(root, cwd, env);
  const said = settings.get('scenarios')?.value;
  if (said !== undefined) return typeof said === 'string' ? [said] : said;
  const all = await listFiles(root, 'scenarios');
  if (all.length === 0 || all.includes(basename(mainScenario))) return [mainScenario];
  return all.filter((file) => file.endsWith('.yaml')).map((file) => `scenarios/${file}`);
};

/** A time scale. Below 1 nothing is gained, and a test's intervals need no help to be seen. */
const factor = (text: string): number => {
  const value = Number(text);
  if (Number.isFinite(value) && value >= 1 && value <= 3600) return value;
  throw new InvalidArgumentError('write a number from 1 to 3600');
};

const loadOptions = (flags: Flags, { cwd }: CommandContext): LoadOptions => ({
  foreign: { paths: flags.detections ?? [], cwd },
  ...(flags.timeScale === undefined ? {} : { timeScale: flags.timeScale }),
  ...environmentSource(flags, cwd),
});

const planAll = async (scenarios: readonly string[], flags: Flags, context: CommandContext): Promise<ExitCode> => {
  const { root, screen } = context;
  for (const wanted of scenarios) {
    screen.print(renderPlan((await loadScenario(root, wanted, loadOptions(flags, context))).plan));
  }
  return exitCode.ok;
};

/** One scenario whose lab breaks does not cost the night the others; only an interruption ends them all. */
const runAll = async (
  scenarios: readonly string[],
  flags: Flags,
  context: CommandContext,
  github: readonly Reporter[],
): Promise<ExitCode> => {
  const { screen, signal } = context;
  const results: RunResult[] = [];
  const codes: ExitCode[] = [];
  for (const wanted of scenarios) {
    try {
      results.push(await runOne(wanted, flags, context, github));
    } catch (error) {
      if (scenarios.length === 1 || signal.aborted) throw error;
      screen.note(`${wanted}: not run\n`);
      codes.push(explainError(error, screen));
    }
  }
  if (flags.json === true) screen.print(renderResults(scenarios, results));
  codes.push(...results.map((result) => result.exitCode as ExitCode));
  return worstExitCode([...codes, await applyBaseline(results, flags, context)]);
};

/** One document: the run's own, or one that holds them all where several were asked for. */
const renderResults = (scenarios: readonly string[], results: readonly RunResult[]): string => {
  const texts = results.map(renderRunJson);
  if (scenarios.length === 1) return texts.join('');
  const runs = texts.map((text) => JSON.parse(text) as unknown);
  return `${JSON.stringify({ schemaVersion: 1, kind: 'runs', runs }, null, 2)}\n`;
};

const runOne = async (
  wanted: string,
  flags: Flags,
  context: CommandContext,
  github: readonly Reporter[],
): Promise<RunResult> => {
  const { root, cwd, screen, signal } = context;
  const loaded = await loadScenario(root, wanted, loadOptions(flags, context));
  const json = flags.json === true;
  const terminal = createTerminalReporter({
    screen,
    ticker: systemTicker,
    quiet: flags.quiet === true,
    results: !json,
    attackVersion,
  });
  const reporters = createReporters([terminal, ...github]);
  const emit = (event: RunEvent): void => void reporters.onEvent(event);
  await prepareMachine(thisMachine(signal), (text) => emit({ type: 'notice', text }));
  const { driver, considered } = await chooseDriver(allDrivers(), flags.driver ?? null, signal);
  for (const text of considered) emit({ type: 'notice', text });
  const reports = resolve(cwd, flags.output);
  const { result } = await runScenario(loaded, {
    ...{ reports, driver, signal, emit },
    clock: systemClock,
    audit: flags.audit,
  });
  await reporters.settled();
  for (const { error } of reporters.failures) throw error;
  return result;
};
