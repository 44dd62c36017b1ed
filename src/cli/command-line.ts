import { Command, CommanderError, Option } from 'commander';
import { exitCode, type ExitCode } from '../model/exit-code.ts';
import { createScreen, type ColorChoice, type Screen } from '../report/terminal/screen.ts';
import { addCheck } from './commands/check.ts';
import { addCleanup } from './commands/cleanup.ts';
import { addCoverage } from './commands/coverage.ts';
import { addDiff } from './commands/diff.ts';
import { addDoctor } from './commands/doctor.ts';
import { addInit } from './commands/init.ts';
import { addList } from './commands/list.ts';
import { addExplain } from './commands/explain.ts';
import { addQuery } from './commands/query.ts';
import { addReplay } from './commands/replay.ts';
import { addReport } from './commands/report.ts';
import { addShow } from './commands/show.ts';
import { addRun } from './commands/run.ts';
import type { CommandContext, CommandLineInput, CommandResult } from './context.ts';
import { explainError } from './explain-error.ts';
import { exitCodesHelp } from './exit-codes-help.ts';

/** Hands a command its context, and keeps the exit code it answers with. */
export type Perform = (work: (context: CommandContext) => CommandResult) => Promise<void>;

/** Runs one command line and says which exit code it calls for. Never throws, never ends the process. */
export const runCommandLine = async (args: readonly string[], input: CommandLineInput): Promise<ExitCode> => {
  let code: ExitCode = exitCode.ok;
  const program = new Command('tocsin');
  const screenOf = (): Screen => createScreen({ ...input, color: program.opts<{ color: ColorChoice }>().color });
  const perform: Perform = async (work) => {
    code = await work({ ...input, screen: screenOf() });
  };
  program
    .description('Runs adversary tests in a sealed lab, and says which detections fire and why the others do not.')
    .version('0.1.0')
    .addOption(new Option('--color <when>', 'color the output').choices(['auto', 'always', 'never']).default('auto'))
    .addHelpText('after', exitCodesHelp)
    .showHelpAfterError('(see `tocsin --help`)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void input.stdout.write(text),
      writeErr: (text) => void input.stderr.write(text),
    });
  for (const add of [
    addRun,
    addReplay,
    addReport,
    addDiff,
    addCoverage,
    addCheck,
    addList,
    addShow,
    addQuery,
    addExplain,
    addInit,
    addDoctor,
    addCleanup,
  ])
    add(program, perform);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    return explainError(error, screenOf());
  }
};
