import type { LabEvent } from '../../model/event.ts';
import type { DrillTime } from '../../util/drill-time.ts';
import { ocsfOf } from '../trace/ocsf.ts';
import { endColumns, outcomeColumns, trafficColumns } from './flow-columns.ts';
import type { Flow } from './flow.ts';
import { fabricPlace } from './packets-report.ts';
import type { RoutedFlow } from './routed-flows.ts';
import type { Senders } from './senders.ts';

/** What the router sees, one event a flow, in the order of their times, each with the cause of who sent it; nothing of the harness. */
export const routedEvents = (routed: readonly RoutedFlow[], senders: Senders, drill: DrillTime): readonly LabEvent[] =>
  routed
    .toSorted((one, other) => one.before.startMicros - other.before.startMicros)
    .flatMap(({ before, after }) => {
      const cause = senders.causeOf(before);
      return cause === 'harness' ? [] : [{ before, after, cause }];
    })
    .map(({ before, after, cause }, index) => ({
      'event.id': `${fabricPlace}:router:${index + 1}`,
      '@timestamp': drill(before.startMicros),
      'event.action': 'flow-routed',
      'host.name': fabricPlace,
      ...endColumns(before),
      ...trafficColumns(before),
      ...outcomeColumns(before, drill),
      'event.end': drill(before.lastMicros),
      ...translatedColumns(before, after),
      'observer.ingress.interface.name': before.interface,
      'observer.egress.interface.name': after?.interface,
      'tocsin.sensor': 'packets',
      'tocsin.origin': 'background',
      'tocsin.real_time': before.startMicros,
      'tocsin.raw': `packets:${before.interface}:${before.frame}`,
      ...ocsfOf('flow-routed'),
      ...cause,
    }));

/** The ends that are others on the far side of the router. */
const translatedColumns = (before: Flow, after: Flow | null): Partial<LabEvent> => {
  if (after === null) return {};
  const far = endColumns(after);
  return {
    ...(after.client.ip === before.client.ip
      ? {}
      : { 'source.nat.ip': far['source.ip'], 'source.nat.port': far['source.port'] }),
    ...(after.server.ip === before.server.ip
      ? {}
      : { 'destination.nat.ip': far['destination.ip'], 'destination.nat.port': far['destination.port'] }),
  };
};
