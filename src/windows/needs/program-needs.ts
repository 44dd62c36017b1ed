import { splitCommandLine } from '../os/command-line.ts';
import { isWindowsProgram } from '../os/windows-programs.ts';
import { readCmdOptions } from '../cmd/options.ts';
import { windowsPrograms } from '../drive.ts';
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

/** What a started program needs: itself, and what the text that it is given to run needs. */
export const programNeeds = (name: string, commandLine: string): Need[] => {
  const leaf = leafOf(name);
  if (!isSystemFolder(name)) return [{ kind: 'file', name: name.replace(/^.*[\\/]/, '') }];
  if (!present.has(leaf)) return [{ kind: isWindowsProgram(name) ? 'program' : 'file', name: leaf }];
  if (leaf === 'cmd') {
    const { command } = readCmdOptions(commandLine, () => false);
    return command === null ? [] : cmdNeeds(command);
  }
  if (leaf !== 'powershell') return [];
  const read = readOptions(splitCommandLine(commandLine).slice(1));
  if (!read.ok || read.options.run.kind === 'input') return [];
  return read.options.run.kind === 'command'
    ? powerShellNeeds(read.options.run.text)
    : [{ kind: 'file', name: read.options.run.path.replace(/^.*[\\/]/, '') }];
};
