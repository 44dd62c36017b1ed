import { resolve } from 'node:path';
import type { Command } from 'commander';
import { attackVersion } from '../../attack/attack.ts';
import { replayRecording } from '../../api/replay-recording.ts';
import { worstExitCode, type ExitCode } from '../../model/exit-code.ts';
import { renderRunJson } from '../../report/json/write-run.ts';
import { createReporters } from '../../report/reporters.ts';
import { createTerminalReporter } from '../../report/terminal/terminal-reporter.ts';
import { systemTicker } from '../../report/terminal/ticker.ts';
import { systemClock } from '../../util/clock.ts';
import { addBaselineOptions, applyBaseline, type BaselineFlags } from '../baseline-flags.ts';
import { addDetectionsOption, type DetectionsFlag } from '../detections-option.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';
import { addEnvironmentOption, environmentSource, type EnvironmentFlag } from '../environment-option.ts';
import { withGitHub } from '../github.ts';
import type { Reporter } from '../../model/run-event.ts';

interface Flags extends BaselineFlags, DetectionsFlag, EnvironmentFlag {
  readonly output: string;
  readonly scenario?: string;
  readonly reparse?: boolean;
  readonly quiet?: boolean;
}

export const addReplay = (program: Command, perform: Perform): void => {
  addEnvironmentOption(
    addDetectionsOption(addBaselineOptions(program.command('replay')), "judge these beside the scenario's own"),
    "judge in this environment in place of the scenario's own",
  )
    .description(
      'judge a recording again with the rules as they are now; needs no lab, changes nothing in the recording',
    )
    .argument('<recording>', 'folder of a recording, or of the run that made it')
    .option('--reparse', 'parse the raw evidence again instead of reading the recorded events')
    .option('--scenario <scenario>', 'id or file of the scenario to judge by; the recorded one when absent')
    .option('--output <folder>', 'gets the folder <run-id>-replay', 'reports')
    .option('--json', 'the result as one JSON document on standard output')
    .option('-q, --quiet', 'only what is not as expected, and the summary')
    .action((recording: string, flags: Flags) =>
      perform((context) => withGitHub(context, (github) => replay(recording, flags, context, github))),
    );
};

const replay = async (
  recording: string,
  flags: Flags,
  context: CommandContext,
  github: readonly Reporter[],
): Promise<ExitCode> => {
  const { root, cwd, screen, signal } = context;
  const json = flags.json === true;
  const terminal = createTerminalReporter({
    screen,
    ticker: systemTicker,
    quiet: flags.quiet === true,
    results: !json,
    attackVersion,
  });
  const reporters = createReporters([terminal, ...github]);
  const { result } = await replayRecording(resolve(cwd, recording), {
    root,
    reports: resolve(cwd, flags.output),
    reparse: flags.reparse === true,
    scenario: flags.scenario ?? null,
    foreign: { paths: flags.detections ?? [], cwd },
    ...environmentSource(flags, cwd),
    clock: systemClock,
    signal,
    emit: (event) => void reporters.onEvent(event),
  });
  await reporters.settled();
  if (json) screen.print(renderRunJson(result));
  for (const { error } of reporters.failures) throw error;
  return worstExitCode([result.exitCode as ExitCode, await applyBaseline([result], flags, context)]);
};
