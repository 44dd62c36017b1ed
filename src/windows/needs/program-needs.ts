import { readBitsadminCommand } from '../bitsadmin/run-bitsadmin.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { runNet } from '../net1/run-net.ts';
import { splitCommandLine } from '../os/command-line.ts';
import { isWindowsProgram } from '../os/windows-programs.ts';
import { readCmdOptions } from '../cmd/options.ts';
import { windowsPrograms } from '../drive.ts';
import { readPingOptions } from '../ping/options.ts';
import { readOptions } from '../powershell/options.ts';
import { cmdNeeds } from './cmd-needs.ts';
import type { Need } from './need.ts';
import { powerShellNeeds } from './powershell-needs.ts';

const present = new Set(
  Object.keys(windowsPrograms).map((path) =>
    path
      .replace(/^.*\//, '')
      .replace(/\.exe$/, '')
      .toLowerCase(),
  ),
);

const leafOf = (name: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    .replace(/\.(exe|com)$/i, '')
    .toLowerCase();

const isSystemFolder = (name: string): boolean =>
  !/[\\/]/.test(name) ||
  /^"?(c:|%system(root|drive)%|%windir%|\$env:\w+)?\\?windows\\|^%(systemroot|windir)%/i.test(name);

/** Does the persona have a program that a command line names? */
export const hasProgram = (name: string): boolean => isSystemFolder(name) && present.has(leafOf(name));

/** Programs whose arguments tell by themselves whether the persona goes along: reading them is all that this does. */
const attempts: Readonly<Record<string, (args: readonly string[]) => unknown>> = {
  bitsadmin: readBitsadminCommand,
  net: (args) => runNet(args, nobody),
  net1: (args) => runNet(args, nobody),
  ping: readPingOptions,
};

const nobody = { computer: '', domain: '', user: '', out: () => undefined, error: () => undefined };

const goesAlong = (leaf: string, args: readonly string[]): boolean => {
  try {
    attempts[leaf]?.(args);
    return true;
  } catch (error) {
    if (error instanceof NotImplemented) return false;
    throw error;
  }
};

/** What a started program needs: itself, and what the text that it is given to run needs. */
export const programNeeds = (name: string, commandLine: string): Need[] => {
  const leaf = leafOf(name);
  if (!isSystemFolder(name)) return [{ kind: 'file', name: name.replace(/^.*[\\/]/, '') }];
  if (!present.has(leaf)) return [{ kind: isWindowsProgram(name) ? 'program' : 'file', name: leaf }];
  const args = splitCommandLine(commandLine).slice(1);
  if (!goesAlong(leaf, args)) return [{ kind: 'program', name: `${leaf} ${args[0]?.toLowerCase() ?? ''}, with more` }];
  if (leaf === 'cmd') {
    const { command } = readCmdOptions(commandLine, () => false);
    return command === null ? [] : cmdNeeds(command);
  }
  if (leaf !== 'powershell') return [];
  const read = readOptions(args);
  if (!read.ok || read.options.run.kind === 'input') return [];
  return read.options.run.kind === 'command'
    ? powerShellNeeds(read.options.run.text)
    : [{ kind: 'file', name: read.options.run.path.replace(/^.*[\\/]/, '') }];
};
