import type { Micros } from '../../model/event.ts';
import type { CauseColumns } from '../trace/cause.ts';
import type { ProcessTable } from '../trace/parse-trace.ts';
import { flowKey, type Flow } from './flow.ts';
import type { Owner } from './match-connects.ts';

/** Who in the lab sent what reaches a host: the same flow, seen where it was sent. */
export interface Senders {
  /** `harness` when it was the harness; null when nobody in the lab is known to have sent it. */
  causeOf(flow: Flow): CauseColumns | 'harness' | null;
}

interface Sender extends Owner {
  readonly startMicros: Micros;
  readonly table: ProcessTable;
}

/** A routed packet passes both bridges within this. */
const passageMicros = 2_000_000;

/** From the owners of all hosts' flows. A router keeps both ends of a flow as they are, so they find each other by them. */
export const createSenders = (
  hosts: readonly { readonly owners: ReadonlyMap<Flow, Owner>; readonly trace: { readonly table: ProcessTable } }[],
): Senders => {
  const senders = new Map<string, Sender[]>();
  for (const { owners, trace } of hosts) {
    for (const [flow, owner] of owners) {
      const key = flowKey(flow);
      const sender = { ...owner, startMicros: flow.startMicros, table: trace.table };
      const known = senders.get(key);
      if (known === undefined) senders.set(key, [sender]);
      else known.push(sender);
    }
  }
  const causeOf: Senders['causeOf'] = (flow) => {
    const found = senders
      .get(flowKey(flow))
      ?.find(({ startMicros }) => Math.abs(startMicros - flow.startMicros) <= passageMicros);
    if (found === undefined) return null;
    if (found.process.hidden) return 'harness';
    const columns = found.table.columnsOf(found.process);
    return {
      'tocsin.origin': columns['tocsin.origin'] ?? 'background',
      'tocsin.variant': columns['tocsin.variant'],
      'tocsin.step': columns['tocsin.step'],
      'tocsin.cause': columns['tocsin.step'] === undefined ? undefined : found.by,
    };
  };
  return { causeOf };
};
