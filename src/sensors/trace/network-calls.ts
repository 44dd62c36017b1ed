import { parseDescriptor, parseLabel, type Descriptor } from '../../formats/strace/descriptor.ts';
import type { TracedCall } from '../../formats/strace/join-calls.ts';
import { parseSocketAddress, type Endpoint } from '../../formats/strace/socket-address.ts';
import { bitsSocket, recordsSocket, taskSchedulerSocket } from '../../model/in-host.ts';
import { destinationColumns, networkColumns, sourceColumns } from './addresses.ts';
import { connectOutcome, failureOf, settle, transferOutcome } from './connect-outcome.ts';
import type { TraceState } from './trace-state.ts';
import { createSocket, peerKey, socketOf, type Attempt, type Socket } from './socket.ts';
import { forgetDescriptor } from './socket-lifetime.ts';
import type { TracedProcess } from './traced-process.ts';
import { startOf, endOf } from './moment.ts';

const descriptorOf = (call: TracedCall): Descriptor | null => parseDescriptor(call.args[0] ?? '');

export const onSocket = (process: TracedProcess, call: TracedCall, state: TraceState): void => {
  const [family = '', type = '', carries = ''] = call.args;
  if (call.value === null || call.value < 0) return;
  forgetDescriptor(process, call.value, endOf(call), state);
  const label = parseDescriptor(`${call.value}${call.rest}`)?.label ?? null;
  if (type.startsWith('SOCK_RAW') || family === 'AF_PACKET' || carries.startsWith('IPPROTO_ICMP')) {
    state.connections.rawSockets.push({ process, openedMicros: call.endMicros });
    return;
  }
  const protocol = label === null ? protocolOf(family, type) : label.kind === 'socket' ? label.protocol : null;
  if (protocol === null) return;
  const socket = createSocket(protocol, type.includes('SOCK_CLOEXEC'));
  process.sockets.set(call.value, socket);
  if (protocol === 'udp') state.connections.datagrams.push({ process, socket, openedMicros: call.startMicros });
};

const protocolOf = (family: string, type: string): Socket['protocol'] | null => {
  if (family !== 'AF_INET' && family !== 'AF_INET6') return null;
  return type.startsWith('SOCK_STREAM') ? 'tcp' : type.startsWith('SOCK_DGRAM') ? 'udp' : null;
};

const serviceSockets = new Set([taskSchedulerSocket, bitsSocket]);

export const onConnect = (process: TracedProcess, call: TracedCall, state: TraceState): void => {
  const descriptor = descriptorOf(call);
  const address = parseSocketAddress(call.args[1] ?? '');
  if (address?.family === 'unix' && call.value === 0) {
    if (address.path === recordsSocket) process.recordsMicros ??= call.endMicros;
    if (serviceSockets.has(address.path)) process.serviceMicros ??= call.endMicros;
  }
  if (descriptor === null || address?.family !== 'inet') return;
  const socket = socketOf(process, descriptor);
  if (socket === null) return;
  socket.cause = state.causeOfPeer(process, address, call.startMicros);
  if (socket.protocol === 'udp') {
    socket.peer = address;
    socket.peers.add(peerKey(address));
    return;
  }
  const open = socket.attempt !== null && socket.attempt.state !== 'settled' && samePeer(socket.attempt.peer, address);
  const attempt = open && socket.attempt !== null ? socket.attempt : begin(process, call, socket, address, state);
  const outcome = connectOutcome(call.value, call.errno);
  if (outcome !== null) settle(attempt, outcome, state.writer, endOf(call));
};

const samePeer = (left: Endpoint, right: Endpoint): boolean => left.ip === right.ip && left.port === right.port;

const begin = (
  process: TracedProcess,
  call: TracedCall,
  socket: Socket,
  peer: Endpoint,
  state: TraceState,
): Attempt => {
  const draft = state.writer.write(process, 'connect', startOf(call), {
    ...networkColumns('tcp', peer),
    ...destinationColumns(peer),
    ...sourceColumns(socket.local),
    'network.direction': 'egress',
    'destination.domain': state.names.find(process, peer.ip),
    'event.outcome': 'unknown',
    'event.reason': 'unresolved',
    ...socket.cause,
  });
  socket.peer = peer;
  const { startMicros, endMicros: calledMicros } = call;
  const attempt: Attempt = {
    peer,
    startMicros,
    calledMicros,
    local: socket.local,
    cause: socket.cause,
    draft,
    state: 'open',
  };
  socket.attempt = attempt;
  state.connections.connects.push({ process, attempt });
  return attempt;
};

/** `getsockopt(5, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0`: how a program learns what came of a non-blocking connect. */
export const onGetsockopt = (process: TracedProcess, call: TracedCall, state: TraceState): void => {
  if (call.args[2] !== 'SO_ERROR' || call.value !== 0) return;
  const socket = knownSocket(process, call);
  if (socket?.attempt == null) return;
  const error = (call.args[3] ?? '').slice(1, -1);
  if (error === '0') settle(socket.attempt, { outcome: 'success' }, state.writer, endOf(call), 'guess');
  else settle(socket.attempt, failureOf(error), state.writer, endOf(call));
};

/** `getsockname(3, {… sin_port=htons(46205) …})`: the local side, where no label shows it. */
export const onGetsockname = (process: TracedProcess, call: TracedCall): void => {
  const socket = knownSocket(process, call);
  const address = parseSocketAddress(call.args[1] ?? '');
  if (socket === null || call.value !== 0 || address?.family !== 'inet') return;
  socket.local = address;
  showLocal(socket);
};

/** The socket of a call, its label read; what is learned of its local side goes into the attempt's event. */
export const knownSocket = (process: TracedProcess, call: TracedCall): Socket | null => {
  const descriptor = descriptorOf(call);
  const socket = descriptor === null ? null : socketOf(process, descriptor);
  if (socket !== null) showLocal(socket);
  return socket;
};

const showLocal = (socket: Socket): void => {
  if (socket.attempt !== null) socket.attempt.local ??= socket.local;
  const event = socket.attempt?.draft?.event;
  if (event !== undefined && event['source.ip'] === undefined) Object.assign(event, sourceColumns(socket.local));
};

/** A transfer shows that its connection stands, or why it does not. */
export const onTransfer = (process: TracedProcess, call: TracedCall, state: TraceState): Socket | null => {
  const socket = knownSocket(process, call);
  if (socket?.protocol === 'udp' && call.name === 'sendto') {
    const address = parseSocketAddress(call.args[4] ?? '');
    if (address?.family === 'inet') socket.peers.add(peerKey(address));
  }
  if (socket?.attempt == null || socket.protocol !== 'tcp') return socket;
  const outcome = transferOutcome(call.value, call.errno);
  if (outcome !== null) settle(socket.attempt, outcome, state.writer, endOf(call));
  return socket;
};

/** The local side of `bind` and `listen` stands under `destination`, as it does in an `accept`. */
export const onBind = (process: TracedProcess, call: TracedCall, state: TraceState): void => {
  const socket = knownSocket(process, call);
  const address = parseSocketAddress(call.args[1] ?? '');
  if (socket === null || call.value !== 0 || address?.family !== 'inet') return;
  socket.local = address;
  state.writer.write(process, 'bind', startOf(call), {
    ...networkColumns(socket.protocol, address),
    ...destinationColumns(address),
  });
};

export const onListen = (process: TracedProcess, call: TracedCall, state: TraceState): void => {
  const socket = knownSocket(process, call);
  if (socket === null || call.value !== 0) return;
  state.writer.write(process, 'listen', startOf(call), {
    ...(socket.local === null
      ? { 'network.transport': socket.protocol }
      : { ...networkColumns(socket.protocol, socket.local), ...destinationColumns(socket.local) }),
    'network.direction': 'ingress',
  });
};

/** An accept may wait for hours, so its time is when it returned. */
export const onAccept = (process: TracedProcess, call: TracedCall, state: TraceState): void => {
  if (call.value === null || call.value < 0) return;
  forgetDescriptor(process, call.value, endOf(call), state);
  const label = parseLabel(call.rest.trim().slice(1, -1));
  if (label.kind !== 'socket') return;
  const socket = createSocket(label.protocol, (call.args[3] ?? '').includes('SOCK_CLOEXEC'));
  const address = parseSocketAddress(call.args[1] ?? '');
  socket.local = label.local ?? knownSocket(process, call)?.local ?? null;
  socket.peer = label.peer ?? (address?.family === 'inet' ? address : null);
  process.sockets.set(call.value, socket);
  const side = socket.local ?? socket.peer;
  if (side === null) return;
  const draft = state.writer.write(process, 'accept', endOf(call), {
    ...networkColumns(label.protocol, side),
    ...sourceColumns(socket.peer),
    ...(socket.local === null ? {} : destinationColumns(socket.local)),
    'network.direction': 'ingress',
  });
  const { local, peer } = socket;
  if (peer !== null) state.connections.accepts.push({ process, local, peer, micros: call.endMicros, draft });
};
