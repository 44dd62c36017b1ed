import type { Endpoint } from '../../formats/strace/socket-address.ts';
import type { Micros } from '../../model/event.ts';
import type { Draft } from './event-writer.ts';
import type { Attempt, Socket } from './socket.ts';
import type { TracedProcess } from './traced-process.ts';

/** Every connection that processes of the host were seen to make, the harness's own too: what packets are joined with. */
export interface TracedConnections {
  readonly connects: { readonly process: TracedProcess; readonly attempt: Attempt }[];
  readonly accepts: TracedAccept[];
  /** UDP sockets; what is known of them by the end of the trace holds for all they sent. */
  readonly datagrams: { readonly process: TracedProcess; readonly socket: Socket; readonly openedMicros: Micros }[];
  /** Sockets on which a process writes packets of its own making: the kernel opens no connection for them. */
  readonly rawSockets: { readonly process: TracedProcess; readonly openedMicros: Micros }[];
}

export interface TracedAccept {
  readonly process: TracedProcess;
  readonly local: Endpoint | null;
  readonly peer: Endpoint;
  readonly micros: Micros;
  /** Null in the harness. */
  readonly draft: Draft | null;
}

export const createConnections = (): TracedConnections => ({
  connects: [],
  accepts: [],
  datagrams: [],
  rawSockets: [],
});
