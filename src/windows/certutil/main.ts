import { driveRoot, recordsSocket } from '../../model/in-host.ts';
import { openDnsClient } from '../dns/host-client.ts';
import { openHostClock } from '../os/clock.ts';
import { WindowsEnvironment } from '../os/environment.ts';
import { openEventLog } from '../os/event-log.ts';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';
import { toWindowsPath } from '../os/windows-path.ts';
import { createPooledClient } from '../powershell/http/pooled-client.ts';
import { runCertutil } from './run-certutil.ts';

/** certutil.exe. */
void runProgram('certutil.exe', async (args) => {
  const eventLog = openEventLog(recordsSocket);
  const dns = openDnsClient(eventLog);
  const open = [createPooledClient(dns), createPooledClient(dns)] as const;
  try {
    return await runCertutil(args, {
      http: open,
      drive: driveRoot,
      location: toWindowsPath(process.cwd()) ?? 'C:\\',
      environment: new WindowsEnvironment(process.env),
      now: openHostClock().now,
      write: (text) => writeText(1, text),
    });
  } finally {
    await Promise.all(open.map((client) => client.close()));
    eventLog.close();
  }
});
