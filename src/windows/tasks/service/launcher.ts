import { markerVariable } from '../../../model/in-host.ts';
import type { WindowsEnvironment } from '../../os/environment.ts';
import type { ServiceEventLog } from '../../os/event-log.ts';
import type { ExecAction } from '../definition.ts';
import { parseDuration } from '../duration.ts';
import { results } from '../protocol.ts';
import { accountOf, environmentOf } from './account.ts';
import { commandOf } from './command.ts';
import type { Entry, Errand } from './entry.ts';
import { startInstance, type Instance } from './instance.ts';
import type { SchedulerLog } from './log.ts';

export interface LaunchParts {
  readonly drive: string;
  readonly environment: WindowsEnvironment;
  readonly eventLog: ServiceEventLog;
  readonly log: SchedulerLog;
  readonly now: () => number;
  readonly uuid: () => string;
}

/** Starts tasks as their settings allow, each on behalf of the request that asked for it. */
export const createLauncher = (parts: LaunchParts) => {
  const { drive, eventLog, log, now } = parts;

  /** A request to start: what happens while an instance runs is the task's own policy. */
  const launch = async (entry: Entry, errand: Errand, why: 'trigger' | 'demand'): Promise<void> => {
    const { multipleInstances } = entry.definition.settings;
    const id = `{${parts.uuid()}}`;
    if (entry.running.size > 0) {
      if (multipleInstances === 'IgnoreNew')
        return log.operational(322, { TaskName: entry.path, TaskInstanceId: id }, errand.request);
      if (multipleInstances === 'Queue') return void entry.queue.push(errand);
      if (multipleInstances === 'StopExisting') for (const one of entry.running) one.terminate();
    }
    const account = accountOf(entry.definition.principal, errand.caller.user);
    const data = { TaskName: entry.path, InstanceId: id };
    await (why === 'trigger'
      ? log.operational(107, data, errand.request)
      : log.operational(110, { ...data, UserContext: errand.caller.user }, errand.request));
    entry.lastRun = now();
    entry.lastResult = results.running;
    const context = { TaskName: entry.path, UserContext: account, InstanceId: id };
    const [first, ...rest] = entry.definition.actions;
    if (first === undefined) return;
    const instance = await begin(entry, first, errand, account, id);
    if (instance === null) return;
    await log.operational(100, context, errand.request);
    void follow(entry, instance, first, rest, errand, account, id)
      .then(() => log.operational(102, context, errand.request))
      .then(() => next(entry));
  };

  const next = async (entry: Entry): Promise<void> => {
    const errand = entry.queue.shift();
    if (errand !== undefined) await launch(entry, errand, 'trigger');
  };

  const begin = async (
    entry: Entry,
    action: ExecAction,
    { request, caller }: Errand,
    account: string,
    id: string,
  ): Promise<Instance | null> => {
    const environment = environmentOf(account, parts.environment);
    environment.set(markerVariable, caller.marker ?? '');
    const command = commandOf(action, environment, drive);
    const instance = command === null ? null : startInstance(command, environment, drive);
    if (command === null || instance === null) {
      entry.lastResult = results.fileNotFound;
      const failure = { ResultCode: results.fileNotFound, TaskName: entry.path, TaskInstanceId: id };
      await log.operational(203, { ...failure, ActionName: action.command }, request);
      return null;
    }
    entry.running.add(instance);
    await eventLog.handOver({ request, started: instance.pid, user: account });
    const { path } = command;
    const { priority } = entry.definition.settings;
    await log.operational(
      129,
      { TaskName: entry.path, Path: path, ProcessID: instance.pid, Priority: priorityClass(priority) },
      request,
    );
    const started = { TaskName: entry.path, ActionName: path, TaskInstanceId: id, EnginePID: instance.pid };
    await log.operational(200, started, request);
    return instance;
  };

  /** To the end of the last action; the next begins when the one before has ended, whatever came of it. */
  const follow = async (
    entry: Entry,
    instance: Instance,
    action: ExecAction,
    rest: readonly ExecAction[],
    errand: Errand,
    account: string,
    id: string,
  ): Promise<void> => {
    const limit = parseDuration(entry.definition.settings.executionTimeLimit) ?? 0;
    const overdue = limit > 0 ? setTimeout(() => instance.terminate(), Math.min(limit, 0x7fff_ffff)) : undefined;
    overdue?.unref();
    const exitCode = await instance.ended;
    clearTimeout(overdue);
    entry.running.delete(instance);
    entry.lastResult = exitCode;
    await log.operational(
      201,
      {
        TaskName: entry.path,
        TaskInstanceId: id,
        ActionName: action.command,
        ResultCode: exitCode,
        EnginePID: instance.pid,
      },
      errand.request,
    );
    const [first, ...others] = rest;
    if (first === undefined) return;
    const following = await begin(entry, first, errand, account, id);
    if (following !== null) await follow(entry, following, first, others, errand, account, id);
  };

  return launch;
};

/** Event 129 shows the priority class that a task's priority stands for ([MS-TSCH] 2.5.4.20). */
const priorityClass = (priority: number): number => {
  if (priority <= 0) return 0x100;
  if (priority === 1) return 0x80;
  if (priority <= 3) return 0x8000;
  if (priority <= 6) return 0x20;
  return priority <= 8 ? 0x4000 : 0x40;
};
