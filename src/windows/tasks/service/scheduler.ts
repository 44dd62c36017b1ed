import { assertNever } from '../../../model/assert-never.ts';
import type { Trigger } from '../definition.ts';
import { parseDuration } from '../duration.ts';
import { nextRunOf } from '../next-run.ts';
import { parseTask } from '../parse-task.ts';
import type { SchedulerReply, SchedulerRequest } from '../protocol.ts';
import { results } from '../protocol.ts';
import { BadTask } from '../read-xml.ts';
import { renderTask } from '../render-task.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import type { ServiceCall } from '../../os/serve-calls.ts';
import { infoOf, type Entry, type Errand } from './entry.ts';
import { createLauncher, type LaunchParts } from './launcher.ts';
import { subjectOf } from './log.ts';
import type { TaskStore } from './store.ts';

export interface SchedulerParts extends LaunchParts {
  readonly store: TaskStore;
  /** Calls back after so many milliseconds; returns how to call it off. */
  readonly later: (milliseconds: number, act: () => void) => () => void;
}

export interface Scheduler {
  /** Requests are done one after the other, in the order in which they came. */
  handle(call: ServiceCall<SchedulerRequest>): Promise<SchedulerReply>;
}

/** A timer may not be set for longer; the service looks again at least this often. */
const longestWaitMs = 60_000;

const ok: SchedulerReply = { ok: true, tasks: [] };

/** The Task Scheduler: registered tasks, their triggers, their runs. */
export const createScheduler = (parts: SchedulerParts): Scheduler => {
  const { store, eventLog, log, now } = parts;
  const entries = new Map<string, Entry>();
  const launch = createLauncher(parts);
  let requests = 0;
  let callOff = (): void => undefined;
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = last.then(act);
    last = done.catch(() => undefined);
    return done;
  };

  const wake = (): void => {
    callOff();
    const due = [...entries.values()].flatMap((entry) => entry.due ?? []);
    if (due.length === 0) return;
    const wait = Math.min(longestWaitMs, Math.max(0, Math.min(...due) - now()));
    callOff = parts.later(wait, () => void inTurn(startDue).finally(wake));
  };

  const startDue = async (): Promise<void> => {
    for (const entry of entries.values()) {
      if (entry.due === null || entry.due > now()) continue;
      entry.due = nextRunOf(entry.definition, now());
      await launch(entry, entry.registration, 'trigger');
    }
  };

  const register = async (
    { path, xml, mode }: Extract<SchedulerRequest, { operation: 'register' }>,
    errand: Errand,
  ): Promise<SchedulerReply> => {
    const definition = parseTask(xml);
    const known = entries.get(path.toLowerCase());
    if (known !== undefined && mode === 'create') return { ok: false, code: results.alreadyExists };
    if (known === undefined && mode === 'update') return { ok: false, code: results.fileNotFound };
    const entry: Entry = known ?? {
      path,
      xml,
      definition,
      registration: errand,
      due: null,
      lastRun: null,
      lastResult: results.notYetRun,
      running: new Set(),
      queue: [],
    };
    Object.assign(entry, { xml, definition, registration: errand });
    entry.due = dueAfterRegistration(entry);
    entries.set(path.toLowerCase(), entry);
    await save(entry, errand);
    const { user } = errand.caller;
    const content = known === undefined ? { TaskContent: xml } : { TaskContentNew: xml };
    const data = { ...subjectOf(user), TaskName: entry.path, ...content };
    await log.security(known === undefined ? 4698 : 4702, data, errand.request);
    await (known === undefined
      ? log.operational(106, { TaskName: entry.path, UserContext: user }, errand.request)
      : log.operational(140, { TaskName: entry.path, UserName: user }, errand.request));
    return { ok: true, tasks: [infoOf(entry, now())] };
  };

  const dueAfterRegistration = ({ definition }: Entry): number | null => {
    const isRegistration = (trigger: Trigger): boolean => trigger.kind === 'registration' && trigger.enabled;
    const delays = definition.settings.enabled
      ? definition.triggers.filter(isRegistration).map(({ delay }) => parseDuration(delay ?? 'PT0S') ?? 0)
      : [];
    const times = [...delays.map((delay) => now() + delay), nextRunOf(definition, now()) ?? Infinity];
    const first = Math.min(...times);
    return first === Infinity ? null : first;
  };

  const save = async (entry: Entry, { request }: Errand): Promise<void> => {
    await eventLog.handOver({ request, file: store.fileOf(entry.path) });
    store.save(entry.path, entry.xml);
  };

  const remove = async (entry: Entry, { request, caller }: Errand): Promise<SchedulerReply> => {
    entries.delete(entry.path.toLowerCase());
    await eventLog.handOver({ request, file: store.fileOf(entry.path) });
    store.remove(entry.path);
    const data = { ...subjectOf(caller.user), TaskName: entry.path, TaskContent: entry.xml };
    await log.security(4699, data, request);
    await log.operational(141, { TaskName: entry.path, UserName: caller.user }, request);
    return ok;
  };

  const enable = async (entry: Entry, enabled: boolean, errand: Errand): Promise<SchedulerReply> => {
    const settings = { ...entry.definition.settings, enabled };
    entry.definition = { ...entry.definition, settings };
    entry.xml = renderTask(entry.definition);
    entry.due = nextRunOf(entry.definition, now());
    await save(entry, errand);
    const { user } = errand.caller;
    const data = { ...subjectOf(user), TaskName: entry.path, TaskContent: entry.xml };
    await log.security(enabled ? 4700 : 4701, data, errand.request);
    if (!enabled) await log.operational(142, { TaskName: entry.path, UserName: user }, errand.request);
    return { ok: true, tasks: [infoOf(entry, now())] };
  };

  const act = async (request: SchedulerRequest, errand: Errand): Promise<SchedulerReply> => {
    if (request.operation === 'list') {
      return { ok: true, tasks: [...entries.values()].map((entry) => infoOf(entry, now())) };
    }
    if (request.operation === 'register') return register(request, errand);
    const entry = entries.get(request.path.toLowerCase());
    if (entry === undefined) return { ok: false, code: results.fileNotFound };
    switch (request.operation) {
      case 'delete':
        return remove(entry, errand);
      case 'enable':
        return enable(entry, request.enabled, errand);
      case 'run':
        if (!entry.definition.settings.enabled) return { ok: false, code: results.taskDisabled };
        if (!entry.definition.settings.allowStartOnDemand)
          throw new NotImplemented('running a task that does not allow it');
        await launch(entry, errand, 'demand');
        return ok;
      case 'end':
        for (const instance of entry.running) instance.terminate();
        return ok;
      default:
        return assertNever(request);
    }
  };

  const answer = async ({ caller, request }: ServiceCall<SchedulerRequest>): Promise<SchedulerReply> => {
    const errand = { request: ++requests, caller };
    await eventLog.handOver({ request: errand.request, client: caller.pid });
    try {
      return await act(request, errand);
    } catch (error) {
      if (error instanceof BadTask) return { ok: false, code: results.malformedXml, detail: error.message };
      if (error instanceof NotImplemented) return { ok: false, notImplemented: error.message };
      throw error;
    } finally {
      wake();
    }
  };

  return { handle: (request) => inTurn(() => answer(request)) };
};
