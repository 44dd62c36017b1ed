import { hostname } from 'node:os';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';

/** hostname.exe: the name of the host. It takes no arguments, and says so. */
void runProgram('hostname.exe', (args) => {
  if (args.length > 0) {
    writeText(
      2,
      'sethostname: Use the Network Control Panel Applet to set hostname.\r\nhostname -s is not supported.\r\n',
    );
    return Promise.resolve(1);
  }
  writeText(1, `${hostname()}\r\n`);
  return Promise.resolve(0);
});
