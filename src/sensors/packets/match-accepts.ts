import type { TracedAccept, TracedConnections } from '../trace/connections.ts';
import type { TracedProcess } from '../trace/traced-process.ts';
import type { Flow } from './flow.ts';

export interface Taker {
  readonly process: TracedProcess;
  /** Null for datagrams. */
  readonly accept: TracedAccept | null;
}

const grainMicros = 2000;

/** Flows that reached the host → the process that took them. */
export const matchAccepts = (connections: TracedConnections, flows: readonly Flow[]): ReadonlyMap<Flow, Taker> => {
  const takers = new Map<Flow, Taker>();
  const byPort = Map.groupBy(connections.accepts, ({ peer }) => peer.port);
  const taken = new Set<TracedAccept>();
  for (const flow of flows) {
    if (flow.protocol === 'tcp') {
      const accept = byPort.get(flow.client.port)?.find((one) => !taken.has(one) && isOf(one, flow));
      if (accept === undefined) continue;
      taken.add(accept);
      takers.set(flow, { process: accept.process, accept });
    } else if (flow.protocol === 'udp') {
      const bound = connections.datagrams.findLast(
        ({ socket, openedMicros }) =>
          socket.local?.port === flow.server.port && openedMicros <= flow.startMicros + grainMicros,
      );
      if (bound !== undefined) takers.set(flow, { process: bound.process, accept: null });
    }
  }
  return takers;
};

/** A connection is accepted after it was begun; the first that fits, since a port may be used again. */
const isOf = ({ local, peer, micros }: TracedAccept, { client, server, startMicros }: Flow): boolean =>
  plain(peer.ip) === client.ip && (local === null || local.port === server.port) && micros >= startMicros - grainMicros;

const plain = (ip: string): string => (ip.startsWith('::ffff:') && ip.includes('.') ? ip.slice(7) : ip);
