import type { HandoverStatement, LogRecord } from '../../../src/model/in-host.ts';
import { WindowsEnvironment } from '../../../src/windows/os/environment.ts';
import type { ServiceEventLog } from '../../../src/windows/os/event-log.ts';
import { NotImplemented } from '../../../src/windows/os/not-implemented.ts';
import type { SchedulerClient } from '../../../src/windows/tasks/client.ts';
import { createSchedulerLog } from '../../../src/windows/tasks/service/log.ts';
import { createScheduler } from '../../../src/windows/tasks/service/scheduler.ts';
import { createTaskStore } from '../../../src/windows/tasks/service/store.ts';

export interface TestScheduler {
  readonly client: SchedulerClient;
  readonly records: Omit<LogRecord, 'pid' | 'timeMicros'>[];
  readonly statements: HandoverStatement[];
  /** What the service waits for; null: nothing. */
  pending: { readonly due: number; readonly act: () => void } | null;
}

/** The service itself, without its process: on a drive of the test's, with the test's clock, asked by process 77 of LAB\analyst. */
export const createTestScheduler = (drive: string, now: () => number): TestScheduler => {
  const records: TestScheduler['records'] = [];
  const statements: HandoverStatement[] = [];
  const eventLog: ServiceEventLog = {
    write: (record) => Promise.resolve(void records.push(record)),
    handOver: (statement) => Promise.resolve(void statements.push(statement)),
    close: () => undefined,
  };
  const scheduler = createScheduler({
    store: createTaskStore(drive),
    drive,
    environment: new WindowsEnvironment({}),
    eventLog,
    log: createSchedulerLog(eventLog),
    now,
    uuid: () => '0',
    later: (milliseconds, act) => {
      test.pending = { due: now() + milliseconds, act };
      return () => (test.pending = null);
    },
  });
  const client: SchedulerClient = async (request) => {
    const reply = await scheduler.handle({ caller: { pid: 77, user: 'LAB\\analyst', marker: null }, request });
    if (reply.ok) return reply;
    if ('notImplemented' in reply) throw new NotImplemented(reply.notImplemented);
    return { ok: false, code: reply.code, detail: reply.detail ?? '' };
  };
  const test: TestScheduler = { client, records, statements, pending: null };
  return test;
};
