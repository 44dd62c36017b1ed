import { joinCommandLine } from '../../os/command-line.ts';
import type { WindowsEnvironment } from '../../os/environment.ts';
import { findProgram } from '../../os/find-program.ts';
import type { ExecAction } from '../definition.ts';

const expand = (text: string, environment: WindowsEnvironment): string =>
  text.replace(/%([^%]+)%/g, (whole, name: string) => environment.get(name) ?? whole);

export interface TaskCommand {
  /** A path of the host. */
  readonly program: string;
  /** The same, in Windows' form. */
  readonly path: string;
  readonly commandLine: string;
  /** Windows form. */
  readonly folder: string;
}

const defaultFolder = 'C:\\Windows\\System32';

/**
 * What an action starts; null: there is no such program. The service looks the program up, and the command line begins with what it
 * found; the arguments follow as they stand in the task.
 */
export const commandOf = (action: ExecAction, environment: WindowsEnvironment, drive: string): TaskCommand | null => {
  const name = expand(action.command, environment).replace(/^"(.*)"$/, '$1');
  const folder = expand(action.workingDirectory ?? defaultFolder, environment);
  const program = findProgram(name, { environment, currentFolder: folder, currentFolderFirst: false, drive });
  if (program === null) return null;
  const rest = action.arguments === undefined ? '' : ` ${expand(action.arguments, environment)}`;
  return {
    program: program.host,
    path: program.windows,
    commandLine: `${joinCommandLine(program.windows, [])}${rest}`,
    folder,
  };
};
