import type { Micros } from '../../model/event.ts';
import type { CauseColumns } from '../trace/cause.ts';
import type { ProcessTable } from '../trace/parse-trace.ts';
import { flowKey, type Flow } from './flow.ts';
import type { Owner } from './match-connects.ts';
import { relayedFlow, type Relay } from './relays.ts';
import { passageMicros } from './translations.ts';

/** Who in the lab sent what reaches a host: the same flow, seen where it was sent. */
export interface Senders {
  /** `harness` when it was the harness; null when nobody in the lab is known to have sent it. */
  causeOf(flow: Flow): CauseColumns | 'harness' | null;
}

/** A host whose processes send, as far as its flows say who does. */
export interface SendingHost {
  readonly owners: ReadonlyMap<Flow, Owner>;
  readonly trace: { readonly table: ProcessTable };
  /** All its flows; needed of a host that relays. */
  readonly flows?: readonly Flow[];
  /** What a proxy on it says that it asked for others. */
  readonly relays?: readonly Relay[];
}

interface Sender extends Owner {
  readonly flow: Flow;
  readonly startMicros: Micros;
  readonly host: SendingHost;
}

/** A chain of proxies longer than this is a loop. */
const longestChain = 8;

/**
 * From the owners of all hosts' flows. A plain router keeps both ends of a flow as they are, so they find each other by them; where it
 * translates, `translations` says which flow went in. What a proxy sends for a client has the cause of what the client sent to it.
 */
export const createSenders = (
  hosts: readonly SendingHost[],
  translations: ReadonlyMap<Flow, Flow> = new Map(),
): Senders => {
  const senders = new Map<string, Sender[]>();
  for (const host of hosts) {
    for (const [flow, owner] of host.owners) {
      const key = flowKey(flow);
      const sender = { ...owner, flow, startMicros: flow.startMicros, host };
      const known = senders.get(key);
      if (known === undefined) senders.set(key, [sender]);
      else known.push(sender);
    }
  }

  const senderOf = (flow: Flow): Sender | undefined =>
    senders
      .get(flowKey(translations.get(flow) ?? flow))
      ?.find(({ startMicros }) => Math.abs(startMicros - flow.startMicros) <= passageMicros);

  const causeOf = (flow: Flow, links: number): CauseColumns | 'harness' | null => {
    const found = senderOf(flow);
    if (found === undefined) return null;
    if (found.process.hidden) return 'harness';
    const { host } = found;
    const columns = { ...host.trace.table.columnsOf(found.process), ...found.cause };
    const asked = columns['tocsin.origin'] === 'service' ? relayedFlow(found.flow, host) : null;
    if (asked !== null && links < longestChain) {
      const cause = causeOf(asked, links + 1);
      return cause === null || cause === 'harness' || cause['tocsin.step'] === undefined
        ? cause
        : { ...cause, 'tocsin.cause': 'proxy' };
    }
    return {
      'tocsin.origin': columns['tocsin.origin'] ?? 'background',
      'tocsin.variant': columns['tocsin.variant'],
      'tocsin.step': columns['tocsin.step'],
      'tocsin.cause': columns['tocsin.step'] === undefined ? undefined : found.by,
    };
  };
  return { causeOf: (flow) => causeOf(flow, 0) };
};
