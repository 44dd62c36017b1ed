import type { Endpoint } from '../../formats/strace/socket-address.ts';
import type { CauseColumns } from '../trace/cause.ts';
import type { TracedConnections } from '../trace/connections.ts';
import type { Attempt } from '../trace/socket.ts';
import { peerKey } from '../trace/socket.ts';
import type { TracedProcess } from '../trace/traced-process.ts';
import type { Flow } from './flow.ts';

/** The process that sent the packets of a flow. */
export interface Owner {
  readonly process: TracedProcess;
  /** The connect call that began it; null for datagrams and for packets of the process's own making. */
  readonly attempt: Attempt | null;
  readonly by: 'connection' | 'raw-socket';
  /** Of what a service sends for another process; null where it is the process's own. */
  readonly cause: CauseColumns | null;
}

/** The trace tells when a call began before the kernel starts to send, and both read one clock; this is for its grain. */
const grainMicros = 2000;

/** A call that the trace tells in one line has no time of its end; on a busy machine the kernel takes this long at most. */
const latencyMicros = 1_000_000;

type Connect = TracedConnections['connects'][number];

/** Flows that the host itself began → who did. Attempts that sent nothing have no flow. */
export const matchConnects = (connections: TracedConnections, flows: readonly Flow[]): ReadonlyMap<Flow, Owner> => {
  const owners = new Map<Flow, Owner>();
  const tcp = flows.filter(({ protocol }) => protocol === 'tcp');
  const known = connections.connects.filter(({ attempt }) => portOf(attempt) !== 0);
  const unknown = connections.connects.filter(({ attempt }) => portOf(attempt) === 0);
  // Those that know their port come first, so that the others choose among what is left.
  byPort(known, tcp, owners);
  byTime(unknown, tcp, owners);
  const datagrams = indexDatagrams(connections);
  for (const flow of flows) {
    if (owners.has(flow)) continue;
    const owner = (flow.protocol === 'udp' ? datagrams(flow) : null) ?? rawOwner(connections, flow);
    if (owner !== null) owners.set(flow, owner);
  }
  return owners;
};

const portOf = ({ local }: Attempt): number => local?.port ?? 0;

const ownerOf = ({ process, attempt }: Connect): Owner => ({
  process,
  attempt,
  by: 'connection',
  cause: attempt.cause,
});

const byPort = (connects: readonly Connect[], flows: readonly Flow[], owners: Map<Flow, Owner>): void => {
  const groups = Map.groupBy(flows, ({ client, server }) => `${client.port} ${peerKey(server)}`);
  for (const one of connects) {
    const { attempt } = one;
    const group = groups.get(`${portOf(attempt)} ${peerKey(reached(attempt.peer))}`);
    const flow = group?.find(
      (candidate) => !owners.has(candidate) && candidate.startMicros >= attempt.startMicros - grainMicros,
    );
    if (flow !== undefined) owners.set(flow, ownerOf(one));
  }
};

/** Both in the order of their times: each attempt takes the first flow that began during its call. */
const byTime = (connects: readonly Connect[], flows: readonly Flow[], owners: Map<Flow, Owner>): void => {
  const groups = Map.groupBy(
    flows.filter((flow) => !owners.has(flow)),
    ({ server }) => peerKey(server),
  );
  const next = new Map<string, number>();
  for (const one of connects.toSorted((left, right) => left.attempt.startMicros - right.attempt.startMicros)) {
    const { peer, startMicros, calledMicros } = one.attempt;
    const key = peerKey(reached(peer));
    const group = groups.get(key) ?? [];
    let at = next.get(key) ?? 0;
    while (at < group.length && (group[at]?.startMicros ?? 0) < startMicros - grainMicros) at++;
    const flow = group[at];
    if (flow !== undefined && flow.startMicros <= calledMicros + latencyMicros) {
      owners.set(flow, ownerOf(one));
      at++;
    }
    next.set(key, at);
  }
};

/** Who connects to the unspecified address reaches loopback; IPv6 sockets name IPv4 peers in their own way. */
const reached = ({ ip, port }: Endpoint): Pick<Endpoint, 'ip' | 'port'> => {
  const plain = ip.startsWith('::ffff:') && ip.includes('.') ? ip.slice(7) : ip;
  return { port, ip: plain === '0.0.0.0' ? '127.0.0.1' : plain === '::' ? '::1' : plain };
};

/** The socket of that port, or one without a known port that was told to send there; the latest before the flow. */
const indexDatagrams = ({ datagrams }: TracedConnections): ((flow: Flow) => Owner | null) => {
  const groups = Map.groupBy(datagrams, ({ socket: { local } }) => local?.port ?? 0);
  return ({ client, server, startMicros }) => {
    const isBefore = ({ openedMicros }: { openedMicros: number }): boolean => openedMicros <= startMicros + grainMicros;
    const found =
      groups.get(client.port)?.findLast(isBefore) ??
      groups.get(0)?.findLast((one) => isBefore(one) && one.socket.peers.has(peerKey(server)));
    return found === undefined
      ? null
      : { process: found.process, attempt: null, by: 'connection', cause: found.socket.cause };
  };
};

/** Packets that no connection of the kernel's sent are of a process with a raw socket, when only one step has such. */
const rawOwner = ({ rawSockets }: TracedConnections, { startMicros }: Flow): Owner | null => {
  const open = rawSockets.filter(
    ({ process, openedMicros }) =>
      openedMicros <= startMicros + grainMicros && (process.endedMicros ?? Infinity) >= startMicros - grainMicros,
  );
  const steps = new Set(
    open.map(({ process: { lineage } }) => (lineage.kind === 'step' ? lineage.result : lineage.kind)),
  );
  const last = open.at(-1);
  return last === undefined || steps.size > 1
    ? null
    : { process: last.process, attempt: null, by: 'raw-socket', cause: null };
};
