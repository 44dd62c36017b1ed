import { connect } from 'node:net';
import { markerVariable, taskSchedulerSocket } from '../../model/in-host.ts';
import type { WindowsEnvironment } from '../os/environment.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import type { Caller, CallerRequest, SchedulerReply, SchedulerRequest, TaskInfo } from './protocol.ts';

export type SchedulerAnswer =
  | { readonly ok: true; readonly tasks: readonly TaskInfo[] }
  | { readonly ok: false; readonly code: number; readonly detail: string };

/** The host's Task Scheduler, as a program of the host reaches it. */
export type SchedulerClient = (request: SchedulerRequest) => Promise<SchedulerAnswer>;

export const callerOf = (environment: WindowsEnvironment): Caller => ({
  pid: process.pid,
  user: `${environment.get('USERDOMAIN') ?? ''}\\${environment.get('USERNAME') ?? ''}`,
  marker: environment.get(markerVariable) ?? null,
});

/** As Node names an abstract socket. */
export const socketName = taskSchedulerSocket.replace(/^@/, '\0');

/** RPC_S_SERVER_UNAVAILABLE as an HRESULT. */
const unavailable = 0x8007_06ba;

/** One connection a request. A service that is not there is Windows' own failure, not ours. */
export const openSchedulerClient =
  (caller: Caller, socketPath = socketName): SchedulerClient =>
  async (request) => {
    const line = await exchange(socketPath, { caller, request });
    if (line === null) return { ok: false, code: unavailable, detail: '' };
    const reply = JSON.parse(line) as SchedulerReply;
    if (reply.ok) return reply;
    if ('notImplemented' in reply) throw new NotImplemented(reply.notImplemented);
    return { ok: false, code: reply.code, detail: reply.detail ?? '' };
  };

const exchange = (path: string, request: CallerRequest): Promise<string | null> =>
  new Promise((resolve) => {
    let text = '';
    const socket = connect(path, () => socket.write(`${JSON.stringify(request)}\n`));
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => resolve(null));
    socket.on('close', () => resolve(text.includes('\n') ? text : null));
  });
