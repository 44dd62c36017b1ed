import { bitsSocket, driveRoot, recordsSocket, taskSchedulerSocket } from '../../model/in-host.ts';
import { createBits } from '../bits/service/bits.ts';
import { createBitsLog } from '../bits/service/log.ts';
import { createBitsNetwork } from '../bits/service/network.ts';
import type { BitsRequest } from '../bits/protocol.ts';
import { hostNameServer, openDnsClient } from '../dns/host-client.ts';
import { WindowsEnvironment } from '../os/environment.ts';
import { openHostClock } from '../os/clock.ts';
import { openEventLog } from '../os/event-log.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { hostProcesses } from '../os/processes.ts';
import { runProgram } from '../os/program.ts';
import { serveCalls } from '../os/serve-calls.ts';
import { writeText } from '../os/stdio.ts';
import { randomUuid } from '../powershell/uuid.ts';
import type { SchedulerRequest } from '../tasks/protocol.ts';
import { createSchedulerLog } from '../tasks/service/log.ts';
import { createScheduler } from '../tasks/service/scheduler.ts';
import { createTaskStore } from '../tasks/service/store.ts';

const shared = () => ({
  drive: driveRoot,
  environment: new WindowsEnvironment(process.env),
  eventLog: openEventLog(recordsSocket),
  now: openHostClock().now,
  later: openHostClock().later,
  uuid: () => randomUuid(Math.random),
});

/** The Task Scheduler. Tasks that a host is born with would be loaded here; no host has any. */
const runSchedule = async (): Promise<void> => {
  const parts = shared();
  const scheduler = createScheduler({
    ...parts,
    store: createTaskStore(driveRoot),
    log: createSchedulerLog(parts.eventLog),
  });
  await serveCalls<SchedulerRequest>(taskSchedulerSocket, (call) => scheduler.handle(call));
};

/** The Background Intelligent Transfer Service. */
const runBits = async (): Promise<void> => {
  const parts = shared();
  const { eventLog } = parts;
  const bits = createBits({
    ...parts,
    log: createBitsLog(eventLog),
    network: createBitsNetwork({
      eventLog,
      nameServer: hostNameServer(),
      dns: (request) => openDnsClient({ ...eventLog, write: (record) => eventLog.write({ ...record, request }) }),
    }),
    random: Math.random,
    programOf: (pid) => hostProcesses.list().find(({ id }) => id === pid)?.image ?? '',
  });
  await serveCalls<BitsRequest>(bitsSocket, (call) => bits.handle(call));
};

const services: Readonly<Record<string, () => Promise<void>>> = { schedule: runSchedule, bits: runBits };

/** svchost.exe: a process that runs the services of a group; here one service each, named by `-s`. */
void runProgram('svchost.exe', async (args) => {
  const run = services[args[args.indexOf('-s') + 1]?.toLowerCase() ?? ''];
  if (run === undefined) throw new NotImplemented(`svchost.exe ${args.join(' ')}`);
  await run();
  // Whoever started the service waits for this line, as the service control manager waits for SERVICE_RUNNING.
  writeText(1, 'ready\n');
  return 0;
});
