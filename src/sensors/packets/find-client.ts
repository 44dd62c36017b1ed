import type { Micros } from '../../model/event.ts';
import type { ServiceClient } from '../../model/service-log.ts';
import type { CauseColumns } from '../trace/cause.ts';
import type { Flow } from './flow.ts';
import type { HostView } from './join-host.ts';
import { isLocal } from './join-host.ts';
import type { Senders } from './senders.ts';

/** Who in the lab asked a service of one host. */
export interface ClientFinder {
  /** By the connection that the service had the request from; null when nobody in the lab is known to have sent it. */
  causeOf(client: ServiceClient, receivedMicros: Micros): CauseColumns | 'harness' | null;
}

/** The service reads its clock when it answers, and its record comes in after that. */
const grainMicros = 2000;

/** A client's address and port name one connection at a time: the last that had begun when the record came in. */
export const createClientFinder = (
  { flows, address }: Pick<HostView, 'flows' | 'address'>,
  senders: Senders,
): ClientFinder => {
  const inbound = Map.groupBy(
    flows.filter(({ server }) => isLocal(server.ip, address)).sort((one, other) => one.startMicros - other.startMicros),
    ({ protocol, client }) => keyOf(protocol, client),
  );
  return {
    causeOf: (client, receivedMicros) => {
      const found = inbound
        .get(keyOf(client.transport, client))
        ?.findLast((flow) => flow.startMicros <= receivedMicros + grainMicros);
      return found === undefined ? null : senders.causeOf(found);
    },
  };
};

const keyOf = (protocol: Flow['protocol'], { ip, port }: Flow['client']): string => `${protocol} ${ip} ${port}`;
