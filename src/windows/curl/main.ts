import { writeSync } from 'node:fs';
import { driveRoot, recordsSocket } from '../../model/in-host.ts';
import { openDnsClient } from '../dns/host-client.ts';
import { openEventLog } from '../os/event-log.ts';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';
import { toWindowsPath } from '../os/windows-path.ts';
import { createPooledClient } from '../powershell/http/pooled-client.ts';
import { runCurl } from './run-curl.ts';

const writeAll = (bytes: Uint8Array): void => {
  let rest = bytes;
  while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
};

/** curl.exe, which asks Windows' DNS client for names like everyone else. */
void runProgram('curl.exe', async (args) => {
  const eventLog = openEventLog(recordsSocket);
  const http = createPooledClient(openDnsClient(eventLog), { greets: false });
  try {
    return await runCurl(args, {
      http,
      drive: driveRoot,
      folder: toWindowsPath(process.cwd()) ?? 'C:\\',
      out: writeAll,
      error: (text) => writeText(2, text),
    });
  } finally {
    await http.close();
    eventLog.close();
  }
});
