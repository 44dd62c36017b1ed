import { commandLineOf } from '../model/activity.ts';
import { toHostFolder, windowsEnvironment } from './environment-block.ts';

/** How a process of the host is started: `argv` is the program's file and its one argument, the command line. */
export interface WindowsInvocation {
  readonly argv: readonly [string, string];
  /** A folder of the host. */
  readonly cwd: string;
}

const system32 = '/C:/Windows/System32';

/**
 * Starts an Atomic Red Team executor as Invoke-AtomicTest does: the name in quotes, as .NET's Process.Start writes it; lines of a
 * command prompt joined with ` & `; quotes of a PowerShell script as `\""`, which keep their blanks on the way through argv.
 */
export const windowsCommand = (
  executor: 'command_prompt' | 'powershell',
  command: string,
  user: string,
): WindowsInvocation => {
  const cwd = toHostFolder(user, 'AppData/Local/Temp');
  const text = command.trim();
  switch (executor) {
    case 'command_prompt':
      return { argv: [`${system32}/cmd.exe`, `"cmd.exe" /c ${text.replace(/\r?\n/g, ' & ')}`], cwd };
    case 'powershell':
      return {
        argv: [
          `${system32}/WindowsPowerShell/v1.0/powershell.exe`,
          `"powershell.exe" & {${text.replaceAll('"', '\\""')}}`,
        ],
        cwd,
      };
  }
};

/** A shell that reads commands from its terminal, as one that a user opened. */
export const windowsShell = (shell: 'cmd' | 'powershell', user: string): WindowsInvocation => ({
  argv:
    shell === 'cmd'
      ? [`${system32}/cmd.exe`, 'C:\\Windows\\system32\\cmd.exe']
      : [
          `${system32}/WindowsPowerShell/v1.0/powershell.exe`,
          'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
        ],
  cwd: toHostFolder(user, 'Desktop').replace(/\/Desktop$/, ''),
});

/** A program of the drive, started by itself: as a logon starts what is in the user's Startup folder. */
export const windowsProgram = (
  file: string,
  given: string,
  user: string,
): WindowsInvocation & { readonly env: Readonly<Record<string, string>> } => ({
  argv: [`/${file.replaceAll('\\', '/')}`, commandLineOf(file, given)],
  env: windowsEnvironment(user),
  cwd: toHostFolder(user, ''),
});

/** The service control manager, which starts the host's services. */
export const windowsServices = (
  user: string,
  computer: string,
): WindowsInvocation & { readonly env: Readonly<Record<string, string>> } => ({
  argv: [`${system32}/services.exe`, 'C:\\Windows\\system32\\services.exe'],
  env: windowsEnvironment(user, computer),
  cwd: system32,
});
