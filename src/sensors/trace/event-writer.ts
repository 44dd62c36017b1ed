import type { EventAction, LabEvent, Micros } from '../../model/event.ts';
import type { DrillTime } from '../../util/drill-time.ts';
import type { LossCounter } from '../loss-counter.ts';
import type { SensorContext } from '../sensor.ts';
import { ocsfOf } from './ocsf.ts';
import { processColumns } from './process-columns.ts';
import type { TracedProcess } from './traced-process.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An event that later lines may still complete: a connection's outcome, a question's answer. */
export interface Draft {
  readonly line: number;
  readonly event: Mutable<LabEvent>;
}

/** Where in the trace, and when in real time, an observation was made. */
export interface Moment {
  readonly line: number;
  readonly micros: Micros;
}

export interface EventWriter {
  /** Null for a process of the harness: it leaves no events. */
  write(process: TracedProcess, action: EventAction, moment: Moment, columns: Partial<LabEvent>): Draft | null;
  /** Takes back an event. */
  withdraw(draft: Draft): void;
  /** The columns that all events of a process share. */
  columnsOf(process: TracedProcess): Partial<LabEvent>;
  readonly drill: DrillTime;
  /** All events in the order of their lines, numbered. */
  finish(): readonly LabEvent[];
}

export const createEventWriter = (context: SensorContext, drill: DrillTime, losses: LossCounter): EventWriter => {
  const drafts: Draft[] = [];
  const withdrawn = new Set<Draft>();
  const columnsOf = (process: TracedProcess): Partial<LabEvent> =>
    (process.columns ??= processColumns(process, context, drill, losses));
  return {
    drill,
    columnsOf,
    write: (process, action, { line, micros }, columns) => {
      if (process.hidden) return null;
      const draft: Draft = {
        line,
        event: {
          'event.id': '',
          'event.action': action,
          'host.name': context.host,
          'tocsin.sensor': 'trace',
          'tocsin.origin': 'background',
          ...columnsOf(process),
          '@timestamp': drill(micros),
          'event.outcome': 'success',
          'tocsin.real_time': micros,
          'tocsin.raw': `trace:${line}`,
          ...ocsfOf(action),
          ...columns,
        },
      };
      drafts.push(draft);
      return draft;
    },
    withdraw: (draft) => withdrawn.add(draft),
    finish: () =>
      drafts
        .filter((draft) => !withdrawn.has(draft))
        .sort((left, right) => left.line - right.line)
        .map(({ event }, index) => {
          event['event.id'] = `${context.host}:trace:${index + 1}`;
          return event;
        }),
  };
};

/** Notes a further line of the raw evidence that an event rests on. */
export const addRawLine = (draft: Draft, line: number): void => {
  if (line !== draft.line) draft.event['tocsin.raw'] = `trace:${draft.line},${line}`;
};
