import { openBitsClient } from '../bits/client.ts';
import { WindowsEnvironment } from '../os/environment.ts';
import { runProgram } from '../os/program.ts';
import { callerOf } from '../os/service-call.ts';
import { writeText } from '../os/stdio.ts';
import { runBitsadmin } from './run-bitsadmin.ts';

/** bitsadmin.exe. */
void runProgram('bitsadmin.exe', (args) =>
  runBitsadmin(args, {
    bits: openBitsClient(callerOf(new WindowsEnvironment(process.env))),
    write: (text) => writeText(1, text),
  }),
);
