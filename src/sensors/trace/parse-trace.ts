import { stat } from 'node:fs/promises';
import { abandonedCall, type PendingCall, type TracedCall } from '../../formats/strace/join-calls.ts';
import { createDrillTime } from '../../util/drill-time.ts';
import { createLossCounter } from '../loss-counter.ts';
import type { SensorContext, SensorOutput } from '../sensor.ts';
import { handedOn, type CauseColumns } from './cause.ts';
import { createConnections, type TracedConnections } from './connections.ts';
import { countRealTime } from './clock-use.ts';
import { createDnsExchange } from './dns-exchange.ts';
import { createEventWriter } from './event-writer.ts';
import { learnCwd } from './folder-calls.ts';
import { callHandlers } from './handlers.ts';
import { createIntake } from './intake.ts';
import { checkIntegrity, whyBroken, type TraceIntegrity } from './integrity.ts';
import { createLineage, type ItemSink } from './lineage.ts';
import { createOnBehalf, type Asked } from './on-behalf.ts';
import { onEnd } from './process-end.ts';
import { createProcessTree, type ProcessTree } from './process-tree.ts';
import type { ReceivedHandover } from '../records/read-handovers.ts';
import { readLines } from '../read-lines.ts';
import { peerKey } from './socket.ts';
import { forgetAll } from './socket-lifetime.ts';
import { traceReport } from './trace-report.ts';
import type { TraceState } from './trace-state.ts';
import type { EventWriter } from './event-writer.ts';
import type { TracedProcess } from './traced-process.ts';

export interface TraceOutput extends SensorOutput {
  readonly table: ProcessTable;
  readonly integrity: TraceIntegrity;
  /** Their drafts are those of `events`, with the same ids. */
  readonly connections: TracedConnections;
}

/** Processes of the host, for what other sensors say of them. */
export interface ProcessTable {
  readonly processes: readonly TracedProcess[];
  /** Columns that all events of a process share. */
  columnsOf(process: TracedProcess): ReturnType<EventWriter['columnsOf']>;
  /** The cause of what a service does for a request; nothing where it is no service of the host. */
  causeOfRequest(service: TracedProcess, request: number): Partial<CauseColumns>;
}

/**
 * A host's raw strace file → events. Reads as a stream; the same file and context always give the same output. Nothing in the
 * file makes it throw: what it does not understand is a loss with an example. Rejects only when the file cannot be read.
 */
export const parseTrace = async (
  file: string,
  context: SensorContext,
  handovers: readonly ReceivedHandover[] = [],
): Promise<TraceOutput> => {
  const losses = createLossCounter('trace', context.host);
  const writer = createEventWriter(context, createDrillTime(context.clock), losses);
  const processes: TracedProcess[] = [];
  const onBehalf = createOnBehalf(handovers, processes, losses);
  const tree = createProcessTree(context, onBehalf, processes);
  const causeFor = (asked: Asked | null): CauseColumns | null => {
    if (asked === null) return null;
    return asked.client === null
      ? { 'tocsin.origin': 'background' }
      : handedOn(writer.columnsOf(asked.client), asked.by);
  };
  const state: TraceState = {
    context,
    writer,
    losses,
    names: createDnsExchange(writer, losses),
    connections: createConnections(),
    knownFiles: new Set(),
    causeOfFile: (process, path, micros) => causeFor(onBehalf.file(process, path, micros)),
    causeOfPeer: (process, peer, micros) => causeFor(onBehalf.peer(process, peerKey(peer), micros)),
  };
  const lineage = createLineage(tree, sinkOf(state), losses);
  const intake = createIntake(context, losses, (item) => lineage.take(item));
  for await (const batch of readLines(file)) for (const line of batch) intake.take(line);

  const pending = intake.pending();
  const { lines: line, lastMicros: micros } = intake.seen;
  lineage.finish(pending);
  giveUp(pending, tree, micros, state);
  for (const process of tree.all) {
    forgetAll(process, { line, micros }, state);
    countRealTime(process, losses);
  }
  const integrity = checkIntegrity(intake, tree, context, losses);

  const events = writer.finish();
  const { size } = await stat(file);
  return {
    events,
    report: traceReport(context, { file, bytes: size, events: events.length, losses: losses.list() }),
    table: {
      processes,
      columnsOf: (process) => writer.columnsOf(process),
      causeOfRequest: (service, request) => causeFor(onBehalf.request(service, request)) ?? {},
    },
    broken: whyBroken(integrity),
    integrity,
    connections: state.connections,
  };
};

const sinkOf = (state: TraceState): ItemSink => ({
  onCall: (process, call) => {
    learnCwd(process, call, state);
    dispatch(process, call, state);
  },
  onEnd: (process, end) => onEnd(process, end, state),
  onLost: (process, lost, micros) => {
    const call = lost.name === 'connect' ? abandonedCall(lost, micros) : null;
    if (call !== null) dispatch(process, call, state);
  },
});

const dispatch = (process: TracedProcess, call: TracedCall, state: TraceState): void =>
  callHandlers.get(call.name)?.(process, call, state);

/** Connects that had not returned when the trace ended. */
const giveUp = (pending: readonly PendingCall[], tree: ProcessTree, micros: number, state: TraceState): void => {
  for (const lost of pending) {
    const process = tree.find(lost.tid);
    const call = process === undefined || lost.name !== 'connect' ? null : abandonedCall(lost, micros);
    if (process !== undefined && call !== null) dispatch(process, { ...call, errno: 'EINPROGRESS' }, state);
  }
};
