import type { EventAction, LabEvent, Micros } from '../../model/event.ts';
import type { DrillTime } from '../../util/drill-time.ts';
import type { SensorContext } from '../sensor.ts';
import type { CauseColumns } from '../trace/cause.ts';
import type { ProcessTable } from '../trace/parse-trace.ts';
import { ocsfOf } from '../trace/ocsf.ts';
import { marksOf } from '../trace/process-columns.ts';
import type { TracedProcess } from '../trace/traced-process.ts';
import { endColumns, outcomeColumns, trafficColumns } from './flow-columns.ts';
import type { Flow } from './flow.ts';
import type { Owner } from './match-connects.ts';

/** Writes the events that only packets show. */
export interface FlowEvents {
  /** `taker` is the process that got its datagrams. */
  inbound(flow: Flow, cause: CauseColumns | null, taker: TracedProcess | null): void;
  outbound(flow: Flow, owner: Owner | null): void;
  /** For what is seen inside a flow. */
  write(
    action: EventAction,
    flow: Flow,
    at: { readonly micros: Micros; readonly frame: number },
    columns: Partial<LabEvent>,
  ): void;
  /** In the order of their frames and times, numbered. */
  finish(): readonly LabEvent[];
}

export const createFlowEvents = (context: SensorContext, drill: DrillTime, table: ProcessTable): FlowEvents => {
  const events: LabEvent[] = [];
  const marks = marksOf(context);

  const write: FlowEvents['write'] = (action, flow, { micros, frame }, columns) => {
    events.push({
      'event.id': '',
      '@timestamp': drill(micros),
      'event.action': action,
      'host.name': context.host,
      ...endColumns(flow),
      'tocsin.sensor': 'packets',
      'tocsin.persona': context.persona,
      'tocsin.origin': 'background',
      'tocsin.real_time': micros,
      'tocsin.marks': marks.length === 0 ? undefined : JSON.stringify(marks),
      'tocsin.raw': `packets:${flow.interface}:${frame}`,
      ...ocsfOf(action),
      ...columns,
    });
  };

  const whole = (flow: Flow): Partial<LabEvent> => ({ ...trafficColumns(flow), ...outcomeColumns(flow, drill) });
  const start = ({ startMicros, frame }: Flow) => ({ micros: startMicros, frame });

  return {
    write,
    inbound: (flow, cause, taker) =>
      write('network-flow', flow, start(flow), {
        ...(taker === null ? {} : table.columnsOf(taker)),
        ...whole(flow),
        'network.direction': 'ingress',
        ...cause,
      }),
    outbound: (flow, owner) =>
      write('network-flow', flow, start(flow), {
        ...(owner === null ? {} : { ...table.columnsOf(owner.process), ...owner.cause }),
        ...whole(flow),
        'network.direction': 'egress',
        ...(owner?.by === 'raw-socket' ? { 'tocsin.cause': 'raw-socket' } : {}),
      }),
    finish: () =>
      events
        .toSorted((left, right) => left['@timestamp'] - right['@timestamp'])
        .map((event, index) => ({ ...event, 'event.id': `${context.host}:packets:${index + 1}` })),
  };
};
