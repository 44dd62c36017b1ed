import { driveRoot, notImplementedExit } from '../../model/in-host.ts';
import { openHostClock } from '../os/clock.ts';
import { exitByte } from '../os/exit-byte.ts';
import { WindowsEnvironment } from '../os/environment.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { processStdio, writeText } from '../os/stdio.ts';
import { toWindowsPath } from '../os/windows-path.ts';
import { readCmdOptions } from './options.ts';
import { runPrompt } from './prompt.ts';
import { runLine } from './run-line.ts';
import { findExternal } from './run/external.ts';
import type { Shell } from './run/shell.ts';

/** cmd.exe. Its one argument is its whole command line. */
const openShell = (commandLine: string): Shell => ({
  environment: new WindowsEnvironment(process.env),
  drive: driveRoot,
  folder: toWindowsPath(process.cwd()) ?? 'C:\\',
  folderStack: [],
  errorLevel: 0,
  result: 0,
  loops: new Map(),
  commandLine,
  line: '',
  delayedExpansion: false,
  batch: null,
  saved: [],
  now: () => new Date(openHostClock().now()),
  random: Math.random,
});

const isProgram = (name: string, shell: Shell): boolean => {
  try {
    return findExternal(name, shell) !== null;
  } catch (error) {
    if (error instanceof NotImplemented) return true;
    throw error;
  }
};

const run = async (commandLine: string): Promise<number> => {
  const shell = openShell(commandLine);
  const { command, stays, delayedExpansion } = readCmdOptions(commandLine, (name) => isProgram(name, shell));
  const over = command !== null && (await runLine(command, shell, processStdio, delayedExpansion));
  if (stays && !over) return runPrompt(shell, processStdio, { greets: command === null, delayedExpansion });
  return shell.result;
};

const main = async (commandLine: string): Promise<number> => {
  try {
    return await run(commandLine);
  } catch (error) {
    const isGap = error instanceof NotImplemented;
    writeText(2, `cmd.exe: ${isGap ? error.message : String(error instanceof Error ? error.stack : error)}\r\n`);
    return isGap ? notImplementedExit : 70;
  }
};

void main(process.argv[2] ?? 'cmd.exe').then((code) => {
  process.exitCode = exitByte(code);
});
