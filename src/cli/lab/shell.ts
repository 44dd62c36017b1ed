import { stripVTControlCharacters } from 'node:util';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { askLab } from '../../api/lab/ask-lab.ts';
import { chooseLab, labsRoot, type LabFile } from '../../api/lab/lab-file.ts';
import { exitCode, type ExitCode } from '../../model/exit-code.ts';
import type { StepResult } from '../../model/step.ts';
import { shellNames, type ShellName } from '../../run/executors.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';
import { sitAt } from './sit-at.ts';

interface Flags {
  readonly lab?: string;
  readonly shell?: ShellName;
  readonly command?: string;
  readonly timeout: number;
  readonly json?: boolean;
}

const seconds = (text: string): number => {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0 && value <= 86_400) return value;
  throw new InvalidArgumentError('write a number of seconds, at most 86400');
};

export const addLabShell = (lab: Command, perform: Perform): void => {
  lab
    .command('shell')
    .description('type on a host; Ctrl+] leaves. What is typed elsewhere (a pipe) goes in line by line')
    .argument('<host>', 'a host of the lab')
    .option('--lab <name>', 'which lab, when several are up')
    .addOption(new Option('--shell <name>', 'cmd or powershell on Windows, bash or sh on Linux').choices(shellNames))
    .option('-c, --command <text>', 'run this and nothing else; exit code 1 when its own is not 0')
    .addOption(new Option('--timeout <seconds>', 'of such a command').argParser(seconds).default(60))
    .option('--json', 'with --command: what came of it, as one JSON document on standard output')
    .action((host: string, flags: Flags) =>
      perform((context) => {
        const labs = labsRoot(context.env);
        const file = chooseLab(labs, flags.lab);
        return flags.command === undefined
          ? type(labs, file, host, flags, context)
          : run(labs, file, host, flags.command, flags, context);
      }),
    );
};

const plain = (text: string): string => stripVTControlCharacters(text).replace(/\r\n/g, '\n');

const run = async (
  labs: string,
  file: LabFile,
  host: string,
  text: string,
  { shell, timeout, json }: Flags,
  context: CommandContext,
): Promise<ExitCode> => {
  const { screen, signal } = context;
  const question = { ask: 'run', host, shell: shell ?? null, text, timeoutMs: timeout * 1000 } as const;
  const result = await askLab(labs, file, question, signal).answer;
  if (json === true) {
    screen.print(`${JSON.stringify({ schemaVersion: 1, kind: 'lab-command', ...result }, null, 2)}\n`);
  } else {
    // A host's text must not steer the terminal of whoever only asked what a command says.
    screen.print(plain(result.stdout));
    screen.note(plain(result.stderr));
  }
  return tell(result, context);
};

const type = async (
  labs: string,
  file: LabFile,
  host: string,
  { shell }: Flags,
  context: CommandContext,
): Promise<ExitCode> => tell(await sitAt(labs, file, { host, shell: shell ?? null }, context), context);

const tell = (result: StepResult | null, { screen }: CommandContext): ExitCode => {
  if (result === null || result.exitCode === 0) return exitCode.ok;
  if (result.failedToStart !== null) screen.note(`it did not start: ${result.failedToStart}\n`);
  else if (result.timedOut)
    screen.note('it did not end within its time, and was ended (--timeout SECONDS gives it more)\n');
  else screen.note(result.signal === null ? `exit code ${result.exitCode}\n` : `ended by ${result.signal}\n`);
  return exitCode.gap;
};
