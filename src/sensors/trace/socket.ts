import type { Descriptor, Label } from '../../formats/strace/descriptor.ts';
import type { Endpoint } from '../../formats/strace/socket-address.ts';
import type { Micros } from '../../model/event.ts';
import type { CauseColumns } from './cause.ts';
import type { Draft } from './event-writer.ts';
import type { TracedProcess } from './traced-process.ts';

/** An Internet socket, shared by every process that has a descriptor for it. */
export interface Socket {
  readonly protocol: 'tcp' | 'udp';
  readonly closesOnExec: boolean;
  local: Endpoint | null;
  /** Remembered from `connect`: labels of sockets that were bound first never show it. */
  peer: Endpoint | null;
  /** UDP: everyone it was told to send to, as `peerKey` writes them. */
  readonly peers: Set<string>;
  attempt: Attempt | null;
  /** Whose request it serves, where a service made it for another process. */
  cause: CauseColumns | null;
  /** Processes that hold it: an attempt is given up with the last of them. */
  holders: number;
  /** DNS over TCP comes in pieces. */
  readonly stream: { sent: Uint8Array; received: Uint8Array };
}

export const peerKey = ({ ip, port }: Pick<Endpoint, 'ip' | 'port'>): string => `${ip} ${port}`;

/** A connection attempt. */
export interface Attempt {
  readonly peer: Endpoint;
  readonly startMicros: Micros;
  /** When its first call returned: what the kernel sent at once it had sent by then. */
  readonly calledMicros: Micros;
  local: Endpoint | null;
  /** Its socket's. */
  readonly cause: CauseColumns | null;
  /** Null in the harness. */
  readonly draft: Draft | null;
  /** `guess`: the program read no error, which it can also do while the kernel is still trying. */
  state: 'open' | 'guess' | 'settled';
}

export const createSocket = (protocol: Socket['protocol'], closesOnExec: boolean): Socket => ({
  protocol,
  closesOnExec,
  local: null,
  peer: null,
  peers: new Set(),
  attempt: null,
  cause: null,
  holders: 1,
  stream: { sent: new Uint8Array(), received: new Uint8Array() },
});

/**
 * The socket behind a descriptor, with what its label tells. A descriptor that was not seen opening (duplicated, inherited)
 * becomes known by its label. Null for what is no TCP or UDP socket.
 */
export const socketOf = (process: TracedProcess, descriptor: Descriptor): Socket | null => {
  const { fd, label } = descriptor;
  const known = process.sockets.get(fd);
  if (label === null) return known ?? null;
  if (label.kind !== 'socket') return null;
  const socket = known !== undefined && agrees(known, label) ? known : unseenSocket(process, fd, label);
  socket.local = label.local ?? socket.local;
  socket.peer ??= label.peer;
  return socket;
};

type SocketLabel = Extract<Label, { kind: 'socket' }>;

/** A TCP label with another peer means that the descriptor was given to another socket unseen; UDP sockets change theirs. */
const agrees = (socket: Socket, label: SocketLabel): boolean =>
  socket.protocol === label.protocol &&
  (label.protocol === 'udp' || label.peer === null || socket.peer === null || equal(socket.peer, label.peer));

const unseenSocket = (process: TracedProcess, fd: number, label: SocketLabel): Socket => {
  const { local, peer } = label;
  // No two sockets of one host have both addresses in common.
  const twin =
    local === null || peer === null
      ? undefined
      : [...process.sockets.values()].find((socket) => equal(socket.local, local) && equal(socket.peer, peer));
  const socket = twin ?? createSocket(label.protocol, false);
  if (twin !== undefined) twin.holders++;
  process.sockets.set(fd, socket);
  return socket;
};

const equal = (left: Endpoint | null, right: Endpoint): boolean => left?.ip === right.ip && left.port === right.port;
