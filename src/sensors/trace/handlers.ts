import type { TracedCall } from '../../formats/strace/join-calls.ts';
import { onExec } from './exec.ts';
import { fileCalls } from './file-calls.ts';
import { onChdir, onFchdir } from './folder-calls.ts';
import {
  onAccept,
  onBind,
  onConnect,
  onGetsockname,
  onGetsockopt,
  onListen,
  onSocket,
  onTransfer,
} from './network-calls.ts';
import type { TraceState } from './trace-state.ts';
import type { TracedProcess } from './traced-process.ts';

export type CallHandler = (process: TracedProcess, call: TracedCall, state: TraceState) => void;

const onSend: CallHandler = (process, call, state) => {
  const socket = onTransfer(process, call, state);
  if (socket !== null) state.names.onSend(process, call, socket);
};

const onReceive: CallHandler = (process, call, state) => {
  const socket = onTransfer(process, call, state);
  if (socket !== null) state.names.onReceive(process, call, socket);
};

/** What each system call means. Calls that are not here are traced for their labels, or not at all. */
export const callHandlers: ReadonlyMap<string, CallHandler> = new Map<string, CallHandler>(
  Object.entries({
    ...fileCalls,
    execve: onExec,
    execveat: onExec,
    chdir: onChdir,
    fchdir: onFchdir,
    socket: onSocket,
    connect: onConnect,
    getsockopt: onGetsockopt,
    getsockname: onGetsockname,
    bind: onBind,
    listen: onListen,
    accept: onAccept,
    accept4: onAccept,
    sendto: onSend,
    sendmsg: onSend,
    sendmmsg: onSend,
    recvfrom: onReceive,
    recvmsg: onReceive,
    recvmmsg: onReceive,
  }),
);
