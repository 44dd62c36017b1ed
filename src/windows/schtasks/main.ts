import { readFileSync } from 'node:fs';
import { driveRoot } from '../../model/in-host.ts';
import { ask } from '../os/ask.ts';
import { WindowsEnvironment } from '../os/environment.ts';
import { openHostClock } from '../os/clock.ts';
import { findPath } from '../os/find-file.ts';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';
import { toWindowsPath } from '../os/windows-path.ts';
import { callerOf } from '../os/service-call.ts';
import { openSchedulerClient } from '../tasks/client.ts';
import { runSchtasks } from './run-schtasks.ts';

/** Task files are in UTF-16 with a mark, whatever their declaration says; a text without one is taken as it is. */
const decode = (bytes: Buffer): string =>
  bytes[0] === 0xff && bytes[1] === 0xfe
    ? bytes.subarray(2).toString('utf16le')
    : bytes.toString('utf8').replace(/^\uFEFF/, '');

const readFile = (path: string): string | null => {
  const file = findPath(path, toWindowsPath(process.cwd()) ?? 'C:\\', driveRoot);
  try {
    return file === null ? null : decode(readFileSync(file.host));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
};

/** schtasks.exe. */
void runProgram('schtasks.exe', (args) => {
  const environment = new WindowsEnvironment(process.env);
  const caller = callerOf(environment);
  return runSchtasks(args, {
    scheduler: openSchedulerClient(caller),
    user: caller.user,
    computer: environment.get('COMPUTERNAME') ?? '',
    now: openHostClock().now,
    readFile,
    ask,
    write: (text) => writeText(1, text),
    writeError: (text) => writeText(2, text),
  });
});
