import { driveRoot } from '../../model/in-host.ts';
import { runProgram } from '../os/program.ts';
import { processStdio, readText, writeText } from '../os/stdio.ts';
import { toWindowsPath } from '../os/windows-path.ts';
import { findText } from './find-text.ts';

/** findstr.exe. */
void runProgram('findstr.exe', (args) =>
  Promise.resolve(
    findText(args, {
      drive: driveRoot,
      folder: toWindowsPath(process.cwd()) ?? 'C:\\',
      input: () => readText(processStdio.input),
      out: (text) => writeText(1, text),
      error: (text) => writeText(2, text),
    }),
  ),
);
