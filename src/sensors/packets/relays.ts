import type { Micros } from '../../model/event.ts';
import type { Flow, FlowEnd } from './flow.ts';

/** A proxy's own map: for which connection of a client it made which of its own. */
export interface Relay {
  readonly client: FlowEnd;
  /** Its own end of what it opened, and the other. */
  readonly local: FlowEnd;
  readonly peer: FlowEnd;
  /** When it said so: after it connected. */
  readonly micros: Micros;
}

/** A record comes in a moment after the connection that it tells of was begun. */
const patienceMicros = 60_000_000;

/** The two clocks may differ so much. */
const grainMicros = 2000;

/** The flow that asked for this one, by the proxy's word; null when the proxy does not say that anybody did. */
export const relayedFlow = (
  flow: Flow,
  { flows = [], relays = [] }: { readonly flows?: readonly Flow[]; readonly relays?: readonly Relay[] },
): Flow | null => {
  const said = relays.find(
    ({ local, peer, micros }) =>
      local.port === flow.client.port &&
      isSame(peer, flow.server) &&
      micros >= flow.startMicros - grainMicros &&
      micros - flow.startMicros <= patienceMicros,
  );
  if (said === undefined) return null;
  const { client, micros } = said;
  return (
    flows.findLast((one) => isSame(one.client, client) && one.protocol === 'tcp' && one.startMicros <= micros) ?? null
  );
};

const isSame = (one: FlowEnd, other: FlowEnd): boolean => one.ip === other.ip && one.port === other.port;
