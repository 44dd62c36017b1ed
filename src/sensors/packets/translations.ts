import type { Micros } from '../../model/event.ts';
import type { Flow } from './flow.ts';

/** A zone whose addresses the router translates, as the packets know it. */
export interface TranslatedZone {
  /** Name of its bridge. */
  readonly bridge: string;
  /** The one address by which the others know it. */
  readonly outside: string;
}

/** A routed packet passes both bridges within this. */
export const passageMicros = 2_000_000;

/**
 * The router's map, from the frames of both its sides: a flow on the side that it comes out of → the same flow on the side that it went
 * in. One end keeps its address and port; the other end is the zone's address outside on one side. What the first packet bears beside
 * addresses tells flows to one server apart; of two that are alike even so, the earlier comes out earlier.
 */
export const mapTranslations = (flows: readonly Flow[], zones: readonly TranslatedZone[]): ReadonlyMap<Flow, Flow> => {
  const map = new Map<Flow, Flow>();
  for (const { bridge, outside } of zones) {
    const within = flows.filter((flow) => flow.interface === bridge);
    const beyond = flows.filter((flow) => flow.interface !== bridge);
    pair(
      beyond.filter(({ client }) => client.ip === outside),
      within,
      ({ server }) => server,
      map,
    );
    // A published port: who asks keeps its address.
    const published = beyond.filter(({ server }) => server.ip === outside);
    const callers = new Set(published.map(({ client }) => client.ip));
    pair(
      within.filter(({ client }) => callers.has(client.ip)),
      published,
      ({ client }) => client,
      map,
    );
  }
  return map;
};

const pair = (
  after: readonly Flow[],
  before: readonly Flow[],
  keptEnd: (flow: Flow) => Flow['client'],
  map: Map<Flow, Flow>,
): void => {
  const keyOf = (flow: Flow): string => {
    const { ip, port } = keptEnd(flow);
    // The router may give an echo another identifier, which stands for both ports.
    return flow.protocol === 'icmp' ? `icmp ${ip}` : `${flow.protocol} ${ip} ${port} ${flow.opening ?? ''}`;
  };
  const candidates = Map.groupBy(
    before.filter(({ opening }) => opening !== null),
    keyOf,
  );
  for (const flow of after) {
    const group = flow.opening === null ? undefined : candidates.get(keyOf(flow));
    const index = group?.findIndex(({ startMicros }) => passes(startMicros, flow.startMicros)) ?? -1;
    const [found] = index === -1 ? [] : (group?.splice(index, 1) ?? []);
    if (found !== undefined) map.set(flow, found);
  }
};

/** Two capture rings are stamped by one clock, whose grain this allows for. */
const grainMicros = 2000;

/** Whether what came in at one time can have gone out at the other. */
export const passes = (before: Micros, after: Micros): boolean =>
  after >= before - grainMicros && after - before <= passageMicros;
