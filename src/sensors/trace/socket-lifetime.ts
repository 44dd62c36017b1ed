import { abandonedOutcome, settle } from './connect-outcome.ts';
import type { Moment } from './event-writer.ts';
import type { Socket } from './socket.ts';
import type { TraceState } from './trace-state.ts';
import type { TracedProcess } from './traced-process.ts';

/** `close` is not traced: a descriptor's socket is gone when the number is given to something else, or with its process. */
export const forgetDescriptor = (process: TracedProcess, fd: number, moment: Moment, state: TraceState): void => {
  const socket = process.sockets.get(fd);
  if (socket === undefined) return;
  process.sockets.delete(fd);
  release(socket, moment, state);
};

/** What an exec closes. */
export const closeOnExec = (process: TracedProcess, moment: Moment, state: TraceState): void => {
  for (const [fd, socket] of process.sockets) if (socket.closesOnExec) forgetDescriptor(process, fd, moment, state);
};

export const forgetAll = (process: TracedProcess, moment: Moment, state: TraceState): void => {
  for (const socket of process.sockets.values()) release(socket, moment, state);
  process.sockets.clear();
};

const release = (socket: Socket, moment: Moment, state: TraceState): void => {
  socket.holders--;
  const { attempt } = socket;
  if (socket.holders > 0 || attempt === null || attempt.state !== 'open') return;
  settle(attempt, abandonedOutcome(attempt, moment.micros), state.writer, moment, 'guess');
};
