import { findProgram } from '../../os/find-program.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import { inheritStdio, startProcess } from '../../os/start-process.ts';
import { writeText, type Stdio } from '../../os/stdio.ts';
import type { WindowsPath } from '../../os/windows-path.ts';
import { isWindowsProgram } from '../../os/windows-programs.ts';
import { runBatch } from './batch.ts';
import { EndBatch, type Shell } from './shell.ts';

/** The name ends at a blank, a delimiter or a slash outside quotes: `ipconfig/all`. */
export const programName = (command: string): string =>
  /^(?:"[^"]*"?|[^\s,;=/"])+/.exec(command)?.[0].replaceAll('"', '') ?? '';

const nameLength = (command: string): number => /^(?:"[^"]*"?|[^\s,;=/"])+/.exec(command)?.[0].length ?? 0;

export const findExternal = (name: string, shell: Shell): WindowsPath | null => {
  const found = findProgram(name, {
    environment: shell.environment,
    currentFolder: shell.folder,
    drive: shell.drive,
    currentFolderFirst: true,
  });
  if (found === null && isWindowsProgram(name)) throw new NotImplemented(`the program ${name}`);
  if (found !== null && /\.(vbs|vbe|js|jse|wsf)$/i.test(found.windows))
    throw new NotImplemented(`running the script ${found.windows}`);
  return found;
};

export const notRecognized = (name: string): string =>
  `'${name}' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n`;

/** Starts a program with the text as it was typed, and waits for it. */
export const runExternal = async (command: string, shell: Shell, stdio: Stdio, called = false): Promise<void> => {
  const name = programName(command);
  const program = findExternal(name, shell);
  if (program === null) {
    writeText(stdio.error, notRecognized(name));
    shell.errorLevel = 9009;
    shell.result = 1;
    return;
  }
  if (/\.(bat|cmd)$/i.test(program.windows)) {
    await runBatch(program, name, command.slice(nameLength(command)), shell, stdio);
    // Without `call`, the file that named it does not go on.
    if (shell.batch !== null && !called) throw new EndBatch();
    return;
  }
  const started = await startProcess({
    program: program.host,
    commandLine: command,
    environment: shell.environment,
    currentFolder: shell.folder,
    drive: shell.drive,
    stdio: inheritStdio(stdio),
  });
  const end = await started.finished;
  if (end.kind === 'not-runnable') {
    writeText(
      stdio.error,
      `This version of ${program.windows} is not compatible with the version of Windows you're running.\r\n`,
    );
    shell.errorLevel = 216;
  } else shell.errorLevel = end.exitCode;
  shell.result = shell.errorLevel;
};
