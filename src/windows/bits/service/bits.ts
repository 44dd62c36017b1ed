import { rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { assertNever } from '../../../model/assert-never.ts';
import { findPath } from '../../os/find-file.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import type { ServiceCall } from '../../os/serve-calls.ts';
import { bitsResults, type BitsReply, type BitsRequest } from '../protocol.ts';
import type { Errand } from '../../tasks/service/entry.ts';
import { infoOf, isMoving, type Job } from './job.ts';
import { createNotifier, type NotifierParts } from './notify.ts';
import { nameFiles, runJob, type JobParts } from './run-job.ts';

export interface BitsParts extends JobParts, NotifierParts {
  /** The program of a process of the host, Windows form; '' where it is gone. */
  readonly programOf: (pid: number) => string;
  /** Calls back after so many milliseconds; returns how to call it off. */
  readonly later: (milliseconds: number, act: () => void) => () => void;
}

export interface Bits {
  handle(call: ServiceCall<BitsRequest>): Promise<BitsReply>;
}

/** BG_JOB's default of its minimum retry delay. */
const retryMs = 600_000;

const failed = (code: number): BitsReply => ({ ok: false, code });

/** The Background Intelligent Transfer Service: jobs, and one transfer at a time, so that each connection is of one job. */
export const createBits = (parts: BitsParts): Bits => {
  const { drive, eventLog, log, now } = parts;
  const jobs = new Map<string, Job>();
  const notify = createNotifier(parts);
  /** What of a job the persona does not do. */
  const limits = new Map<string, string>();
  const waiting = new Set<() => void>();
  let requests = 0;
  let last: Promise<unknown> = Promise.resolve();
  let transfers: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = last.then(act);
    last = done.catch(() => undefined);
    return done;
  };
  const wake = (): void => waiting.forEach((look) => look());

  const enqueue = (job: Job): void => {
    Object.assign(job, { state: 'QUEUED', modified: now() });
    transfers = transfers.then(async () => {
      if (job.state !== 'QUEUED') return;
      try {
        await runJob(job, parts);
      } catch (error) {
        if (!(error instanceof NotImplemented)) throw error;
        limits.set(job.id, error.message);
        job.state = 'ERROR';
      }
      await follow(job);
      wake();
    });
  };
  const follow = async (job: Job): Promise<void> => {
    if (job.state === 'TRANSIENT_ERROR') job.callOff = parts.later(retryMs, () => enqueue(job));
    if (job.state === 'TRANSFERRED' || job.state === 'ERROR') await notify(job);
  };

  const answerOf = (job: Job): BitsReply => {
    const limit = limits.get(job.id);
    return limit === undefined ? { ok: true, jobs: [infoOf(job)] } : { ok: false, notImplemented: limit };
  };

  const create = async (name: string, errand: Errand): Promise<BitsReply> => {
    const id = `{${parts.uuid().toUpperCase()}}`;
    const times = { created: now(), modified: now() };
    const job: Job = {
      ...{ id, name, owner: errand.caller.user, ...times, files: [], state: 'SUSPENDED', priority: 'NORMAL', errand },
      ...{ error: null, notify: null, callOff: () => undefined },
    };
    jobs.set(id, job);
    await log.created(job, parts.programOf(errand.caller.pid));
    return answerOf(job);
  };

  const add = (job: Job, { url, file }: Extract<BitsRequest, { operation: 'add' }>): BitsReply => {
    if (!URL.canParse(url) || !/^[a-z]:\\|^\\\\/i.test(file)) return failed(bitsResults.invalidArgument);
    if (!/^https?:/i.test(url)) throw new NotImplemented(`a BITS job for ${url}`);
    const path = findPath(file, 'C:\\', drive);
    if (path === null) throw new NotImplemented(`a BITS job for ${file}`);
    if (statSync(dirname(path.host), { throwIfNoEntry: false })?.isDirectory() !== true)
      return failed(bitsResults.pathNotFound);
    job.files.push({ url, path: path.windows, host: path.host, temporary: null, size: null, transferred: 0 });
    return answerOf(job);
  };

  /** The job leaves the queue: done with, or given up with what came of it. */
  const leave = async (job: Job, state: 'ACKNOWLEDGED' | 'CANCELLED', errand: Errand): Promise<BitsReply> => {
    if (state === 'ACKNOWLEDGED') {
      const result = await nameFiles(job, errand.request, parts);
      if (result !== 0) return failed(result);
    }
    for (const file of job.files) {
      if (file.temporary === null) continue;
      await eventLog.handOver({ request: errand.request, file: file.temporary });
      rmSync(file.temporary, { force: true });
    }
    job.callOff();
    Object.assign(job, { state, errand, modified: now() });
    jobs.delete(job.id);
    await (state === 'ACKNOWLEDGED' ? log.completed(job) : log.cancelled(job));
    wake();
    return answerOf(job);
  };

  const settled = (job: Job): Promise<BitsReply> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (isMoving(job)) return;
        waiting.delete(look);
        resolve(answerOf(job));
      };
      waiting.add(look);
      look();
    });

  const act = async (request: Exclude<BitsRequest, { operation: 'wait' }>, errand: Errand): Promise<BitsReply> => {
    if (request.operation === 'list') return { ok: true, jobs: [...jobs.values()].map(infoOf) };
    if (request.operation === 'create') return create(request.name, errand);
    const job = jobs.get(request.job.toUpperCase());
    if (job === undefined) return failed(bitsResults.notFound);
    switch (request.operation) {
      case 'add':
        return add(job, request);
      case 'priority':
        job.priority = request.priority;
        return answerOf(job);
      case 'notify':
        job.notify = { program: request.program, parameters: request.parameters };
        return answerOf(job);
      case 'suspend':
        if (job.state === 'TRANSFERRED') return failed(bitsResults.invalidState);
        job.callOff();
        Object.assign(job, { state: 'SUSPENDED', modified: now() });
        wake();
        return answerOf(job);
      case 'resume':
        if (job.files.length === 0) return failed(bitsResults.empty);
        if (job.state === 'TRANSFERRED') return failed(bitsResults.invalidState);
        job.errand = errand;
        job.callOff();
        if (!isMoving(job) || job.state === 'TRANSIENT_ERROR') enqueue(job);
        return answerOf(job);
      case 'complete':
        return leave(job, 'ACKNOWLEDGED', errand);
      case 'cancel':
        return leave(job, 'CANCELLED', errand);
      default:
        return assertNever(request);
    }
  };

  const answer = async ({ caller, request }: ServiceCall<BitsRequest>): Promise<BitsReply> => {
    if (request.operation === 'wait') return { ok: false, code: bitsResults.invalidArgument };
    const errand = { request: ++requests, caller };
    await eventLog.handOver({ request: errand.request, client: caller.pid });
    try {
      return await act(request, errand);
    } catch (error) {
      if (error instanceof NotImplemented) return { ok: false, notImplemented: error.message };
      throw error;
    }
  };

  return {
    handle: async (call) => {
      if (call.request.operation !== 'wait') return inTurn(() => answer(call));
      const job = jobs.get(call.request.job.toUpperCase());
      return job === undefined ? failed(bitsResults.notFound) : settled(job);
    },
  };
};
