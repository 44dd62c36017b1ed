import { bitsSocket } from '../../model/in-host.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { callService, serviceUnavailable, type Caller } from '../os/service-call.ts';
import type { BitsReply, BitsRequest, JobInfo } from './protocol.ts';

export type BitsAnswer =
  { readonly ok: true; readonly jobs: readonly JobInfo[] } | { readonly ok: false; readonly code: number };

/** The host's BITS, as a program of the host reaches it. */
export type BitsClient = (request: BitsRequest) => Promise<BitsAnswer>;

export const openBitsClient =
  (caller: Caller): BitsClient =>
  async (request) => {
    const line = await callService(bitsSocket, { caller, request });
    if (line === null) return { ok: false, code: serviceUnavailable };
    return answerOf(JSON.parse(line) as BitsReply);
  };

export const answerOf = (reply: BitsReply): BitsAnswer => {
  if (!reply.ok && 'notImplemented' in reply) throw new NotImplemented(reply.notImplemented);
  return reply;
};
