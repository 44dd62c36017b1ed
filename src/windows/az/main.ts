import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { driveRoot, recordsSocket } from '../../model/in-host.ts';
import { openDnsClient } from '../dns/host-client.ts';
import { openHostClock } from '../os/clock.ts';
import { openEventLog } from '../os/event-log.ts';
import { findPath } from '../os/find-file.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';
import { toWindowsPath } from '../os/windows-path.ts';
import { createPooledClient } from '../powershell/http/pooled-client.ts';
import { openProfile } from './profile.ts';
import { runAz } from './run-az.ts';

const asModule = ['-IBm', 'azure.cli'];

/** python.exe of the Azure CLI, which runs nothing but that. */
void runProgram('python.exe', async (args) => {
  if (!asModule.every((word, index) => args[index] === word)) throw new NotImplemented('Python but for the Azure CLI');
  const eventLog = openEventLog(recordsSocket);
  const http = createPooledClient(openDnsClient(eventLog), { greets: false });
  const folder = toWindowsPath(process.cwd()) ?? 'C:\\';
  const home = findPath(process.env['USERPROFILE'] ?? 'C:\\', folder, driveRoot);
  try {
    return await runAz(args.slice(asModule.length), {
      http,
      profile: openProfile(`${home?.host ?? driveRoot}/.azure`),
      sleep: openHostClock().sleep,
      readFile: (name) => readFileSync(findPath(name, folder, driveRoot)?.host ?? name, 'utf8'),
      out: (text) => writeText(1, text),
      error: (text) => writeText(2, text),
      random: () => randomBytes(16).toString('hex'),
    });
  } finally {
    await http.close();
    eventLog.close();
  }
});
