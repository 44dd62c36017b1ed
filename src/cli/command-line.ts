import { Command, CommanderError, Option } from 'commander';
import { exitCode, type ExitCode } from '../model/exit-code.ts';
import { createScreen, type ColorChoice, type Screen } from '../report/terminal/screen.ts';
import { applySettings } from './apply-settings.ts';
import type { CommandContext, CommandLineInput, CommandResult } from './context.ts';
import { explainError } from './explain-error.ts';
import { exitCodesHelp } from './exit-codes-help.ts';

/** Hands a command its context, and keeps the exit code it answers with. */
export type Perform = (work: (context: CommandContext) => CommandResult) => Promise<void>;

type AddCommand = (program: Command, perform: Perform) => void;

/** Each loaded when it is asked for: together they take longer to load than most of them to answer. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  run: async () => (await import('./commands/run.ts')).addRun,
  replay: async () => (await import('./commands/replay.ts')).addReplay,
  report: async () => (await import('./commands/report.ts')).addReport,
  diff: async () => (await import('./commands/diff.ts')).addDiff,
  coverage: async () => (await import('./commands/coverage.ts')).addCoverage,
  check: async () => (await import('./commands/check.ts')).addCheck,
  list: async () => (await import('./commands/list.ts')).addList,
  show: async () => (await import('./commands/show.ts')).addShow,
  hunt: async () => (await import('./commands/hunt.ts')).addHunt,
  query: async () => (await import('./commands/query.ts')).addQuery,
  explain: async () => (await import('./commands/explain.ts')).addExplain,
  schema: async () => (await import('./commands/schema.ts')).addSchema,
  lab: async () => (await import('./commands/lab.ts')).addLab,
  init: async () => (await import('./commands/init.ts')).addInit,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctor,
  cleanup: async () => (await import('./commands/cleanup.ts')).addCleanup,
};

/** The command that a command line names; all of them where it names none: their list is wanted, or the nearest name. */
const loadCommands = async (args: readonly string[]): Promise<readonly AddCommand[]> => {
  const named = args.find((word) => Object.hasOwn(commands, word));
  if (named === undefined && args.includes('--version')) return [];
  const wanted = named === undefined ? Object.values(commands) : [commands[named]];
  return await Promise.all(wanted.flatMap((load) => (load === undefined ? [] : [load()])));
};

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
  program.hook('preAction', (_, command) => applySettings(program, command, input));
  for (const add of await loadCommands(args)) add(program, perform);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    return explainError(error, screenOf());
  }
};
