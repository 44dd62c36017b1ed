import type { LabEvent } from '../../model/event.ts';
import { createDrillTime } from '../../util/drill-time.ts';
import { createLossCounter } from '../loss-counter.ts';
import type { SensorContext } from '../sensor.ts';
import type { TraceOutput } from '../trace/parse-trace.ts';
import type { SeenDns } from './application.ts';
import { joinDns } from './join-dns.ts';
import type { Flow } from './flow.ts';
import { createFlowEvents } from './flow-events.ts';
import { outcomeColumns, trafficColumns } from './flow-columns.ts';
import { matchAccepts } from './match-accepts.ts';
import { matchConnects, type Owner } from './match-connects.ts';
import type { Relay } from './relays.ts';
import type { Senders } from './senders.ts';

/** One host with what packets show of it. */
export interface HostView {
  readonly context: SensorContext;
  readonly address: string;
  readonly trace: TraceOutput;
  /** Of its loopback and of its zone's bridge, those that it takes part in. */
  readonly flows: readonly Flow[];
  readonly dns: readonly SeenDns<Flow>[];
  /** The flows that it began, with who did. */
  readonly owners: ReadonlyMap<Flow, Owner>;
  /** What proxies on it say that they asked for others. */
  readonly relays: readonly Relay[];
}

export interface JoinedHost {
  /** The trace's events, with what the packets add to them. */
  readonly traced: readonly LabEvent[];
  /** What only packets show. */
  readonly seen: readonly LabEvent[];
  readonly losses: ReturnType<ReturnType<typeof createLossCounter>['list']>;
}

export type HostFlows = Pick<HostView, 'flows' | 'dns'>;

export const isLocal = (ip: string, address: string): boolean =>
  ip === address || ip.startsWith('127.') || ip === '::1';

/** Who began the flows of a host that it began itself. */
export const ownersOf = (trace: TraceOutput, address: string, flows: readonly Flow[]): HostView['owners'] =>
  matchConnects(
    trace.connections,
    flows.filter(({ client }) => isLocal(client.ip, address)),
  );

/** Events of a host's trace get their bytes and their outcome; flows that no process accounts for become events of their own. */
export const joinHost = (view: HostView, senders: Senders): JoinedHost => {
  const { context, address, trace, flows, owners } = view;
  const losses = createLossCounter('packets', context.host);
  const drill = createDrillTime(context.clock);
  const additions = new Map<LabEvent, Partial<LabEvent>>();
  const inbound = flows.filter(({ server }) => isLocal(server.ip, address));
  const takers = matchAccepts(trace.connections, inbound);
  const events = createFlowEvents(context, drill, trace.table);

  for (const [flow, { attempt }] of owners) {
    if (attempt?.draft == null) continue;
    const isCertain = attempt.state === 'settled';
    additions.set(attempt.draft.event, {
      'source.ip': flow.client.ip,
      'source.port': flow.client.port,
      ...trafficColumns(flow),
      ...(isCertain ? {} : outcomeColumns(flow, drill)),
    });
  }
  for (const [flow, { accept }] of takers) {
    if (accept?.draft != null) additions.set(accept.draft.event, trafficColumns(flow));
  }

  for (const flow of flows) {
    const taker = takers.get(flow);
    const owner = owners.get(flow);
    if (isOfDns(flow) || taker?.accept != null) continue;
    if (isLocal(flow.server.ip, address)) {
      if (taker?.process.hidden === true) continue;
      const cause = senders.causeOf(flow);
      if (cause === 'harness') continue;
      if (cause === null) losses.add('unlinked', 'inbound packets whose sender is not known', `frame ${flow.frame}`);
      events.inbound(flow, cause, taker?.process ?? null);
    } else if (owner === undefined) {
      losses.add('unlinked', 'outbound packets of no process that the trace shows', `frame ${flow.frame}`);
      events.outbound(flow, null);
    } else if (owner.attempt === null && !owner.process.hidden) events.outbound(flow, owner);
  }

  const successes = trace.connections.connects.filter(
    ({ attempt }) => attempt.draft?.event['event.outcome'] === 'success' && !additions.has(attempt.draft.event),
  );
  const [lost] = successes;
  if (lost !== undefined) {
    const example = `line ${lost.attempt.draft?.line ?? 0} of the trace`;
    losses.add('unlinked', 'connections that no packets show', example, successes.length);
  }
  joinDns(view, { additions, events, losses, drill });
  return {
    traced: trace.events.map((event) => {
      const added = additions.get(event);
      return added === undefined ? event : { ...event, ...added };
    }),
    seen: events.finish(),
    losses: losses.list(),
  };
};

/** DNS has events of its own. */
const isOfDns = ({ protocol, server }: Flow): boolean => protocol === 'udp' && server.port === 53;
