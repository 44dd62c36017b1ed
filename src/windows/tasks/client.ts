import { taskSchedulerSocket } from '../../model/in-host.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { callService, serviceUnavailable, type Caller } from '../os/service-call.ts';
import type { SchedulerReply, SchedulerRequest, TaskInfo } from './protocol.ts';

export type SchedulerAnswer =
  | { readonly ok: true; readonly tasks: readonly TaskInfo[] }
  | { readonly ok: false; readonly code: number; readonly detail: string };

/** The host's Task Scheduler, as a program of the host reaches it. */
export type SchedulerClient = (request: SchedulerRequest) => Promise<SchedulerAnswer>;

export const openSchedulerClient =
  (caller: Caller): SchedulerClient =>
  async (request) => {
    const line = await callService(taskSchedulerSocket, { caller, request });
    if (line === null) return { ok: false, code: serviceUnavailable, detail: '' };
    const reply = JSON.parse(line) as SchedulerReply;
    if (reply.ok) return reply;
    if ('notImplemented' in reply) throw new NotImplemented(reply.notImplemented);
    return { ok: false, code: reply.code, detail: reply.detail ?? '' };
  };
