import { driveRoot, recordsSocket } from '../../model/in-host.ts';
import { ask } from '../os/ask.ts';
import { WindowsEnvironment } from '../os/environment.ts';
import { openEventLog } from '../os/event-log.ts';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';
import { toWindowsPath } from '../os/windows-path.ts';
import { openRegistry } from '../registry/registry.ts';
import { runReg } from './run-reg.ts';

/** reg.exe. */
void runProgram('reg.exe', async (args) => {
  const eventLog = openEventLog(recordsSocket);
  try {
    return await runReg(args, {
      registry: openRegistry({ drive: driveRoot, environment: new WindowsEnvironment(process.env), eventLog }),
      drive: driveRoot,
      folder: toWindowsPath(process.cwd()) ?? 'C:\\',
      out: (text) => writeText(1, text),
      error: (text) => writeText(2, text),
      ask,
    });
  } finally {
    eventLog.close();
  }
});
