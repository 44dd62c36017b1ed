import { driveRoot, recordsSocket } from '../../model/in-host.ts';
import { openDnsClient } from '../dns/host-client.ts';
import { openHostClock } from '../os/clock.ts';
import { WindowsEnvironment } from '../os/environment.ts';
import { openEventLog } from '../os/event-log.ts';
import { runProgram } from '../os/program.ts';
import { startProcess } from '../os/start-process.ts';
import { writeText } from '../os/stdio.ts';
import { createAsker } from './ask.ts';
import type { Polling } from './polling.ts';
import { repeat } from './repeat.ts';

/** Left here by the launcher: a product's program takes no argument of ours. */
const { polling } = globalThis as unknown as { readonly polling: Polling };

const starter = (program: string, commandLine: string) => async (): Promise<void> => {
  const { finished } = await startProcess({
    program: `${driveRoot}${program.slice(2).replaceAll('\\', '/')}`,
    commandLine,
    environment: new WindowsEnvironment(process.env),
    currentFolder: 'C:\\',
    drive: driveRoot,
    stdio: ['ignore', 'ignore', 2],
  });
  const end = await finished;
  if (end.kind === 'not-runnable') throw new Error(end.reason);
  if (end.exitCode !== 0) throw new Error(`${program} ended with ${end.exitCode}`);
};

/** A product's program, as far as its traffic goes: it asks its vendor at a fixed pace, or starts what does. */
void runProgram('poll', async () => {
  const eventLog = openEventLog(recordsSocket);
  const act =
    'url' in polling
      ? createAsker(new URL(polling.url), polling.connection, openDnsClient(eventLog))
      : starter(polling.program, polling.commandLine);
  writeText(1, 'ready\n');
  const { failed, reason } = await repeat(polling, openHostClock(), act);
  eventLog.close();
  if (failed === 0) return 0;
  writeText(2, `${failed} polls failed, the last: ${reason}\r\n`);
  return 1;
});
