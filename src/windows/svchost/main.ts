import { driveRoot, recordsSocket } from '../../model/in-host.ts';
import { WindowsEnvironment } from '../os/environment.ts';
import { openHostClock } from '../os/clock.ts';
import { openEventLog } from '../os/event-log.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';
import { randomUuid } from '../powershell/uuid.ts';
import { socketName } from '../tasks/client.ts';
import { createSchedulerLog } from '../tasks/service/log.ts';
import { createScheduler } from '../tasks/service/scheduler.ts';
import { serveScheduler } from '../tasks/service/serve.ts';
import { createTaskStore } from '../tasks/service/store.ts';

/** The Task Scheduler. Tasks that a host is born with would be loaded here; no host has any. */
const runSchedule = async (): Promise<void> => {
  const eventLog = openEventLog(recordsSocket);
  const clock = openHostClock();
  const scheduler = createScheduler({
    store: createTaskStore(driveRoot),
    drive: driveRoot,
    environment: new WindowsEnvironment(process.env),
    eventLog,
    log: createSchedulerLog(eventLog),
    now: clock.now,
    uuid: () => randomUuid(Math.random),
    later: clock.later,
  });
  await serveScheduler(scheduler, socketName);
  // Whoever started the service waits for this line, as the service control manager waits for SERVICE_RUNNING.
  writeText(1, 'ready\n');
};

/** svchost.exe: a process that runs the services of a group; here one service each, named by `-s`. */
void runProgram('svchost.exe', async (args) => {
  const service = args[args.indexOf('-s') + 1];
  if (service?.toLowerCase() !== 'schedule') throw new NotImplemented(`svchost.exe ${args.join(' ')}`);
  await runSchedule();
  return 0;
});
