import { fstatSync } from 'node:fs';
import { openHostClock } from '../os/clock.ts';
import { runProgram } from '../os/program.ts';
import { processStdio, writeText } from '../os/stdio.ts';

const isConsole = (descriptor: number): boolean => fstatSync(descriptor).isCharacterDevice();

/** timeout.exe. It reads keys, so it refuses an input that is no console; `NUL` counts as one. */
void runProgram('timeout.exe', async (args) => {
  const words = args.filter((arg) => !/^[/-](t|nobreak)$/i.test(arg));
  const seconds = Number(words[0]);
  if (words.length !== 1 || !Number.isInteger(seconds) || seconds < -1 || seconds > 99_999) {
    writeText(
      2,
      'ERROR: Invalid syntax. Default option is not allowed more than \'1\' time(s).\r\nType "TIMEOUT /?" for usage.\r\n',
    );
    return 1;
  }
  if (!isConsole(processStdio.input)) {
    writeText(2, 'ERROR: Input redirection is not supported, exiting the process immediately.\r\n');
    return 1;
  }
  writeText(1, `\r\nWaiting for ${seconds} seconds, press a key to continue ...\r\n`);
  await openHostClock().sleep(seconds * 1000);
  return 0;
});
