import type { Endpoint } from '../../formats/strace/socket-address.ts';
import type { LossCounter } from '../loss-counter.ts';
import type { SensorContext } from '../sensor.ts';
import type { Micros } from '../../model/event.ts';
import type { CauseColumns } from './cause.ts';
import type { TracedConnections } from './connections.ts';
import type { DnsExchange } from './dns-exchange.ts';
import type { EventWriter } from './event-writer.ts';
import type { TracedProcess } from './traced-process.ts';

/** What the handlers of single calls share. */
export interface TraceState {
  readonly context: SensorContext;
  readonly writer: EventWriter;
  readonly losses: LossCounter;
  readonly names: DnsExchange;
  readonly connections: TracedConnections;
  /** Files that are known to exist since this trace saw them made or opened. */
  readonly knownFiles: Set<string>;
  /** The cause of what a service of the host does to a file for another; null where the process acts for itself. */
  readonly causeOfFile: (process: TracedProcess, path: string, micros: Micros) => CauseColumns | null;
  /** The same of whom it connects or sends to. */
  readonly causeOfPeer: (process: TracedProcess, peer: Endpoint, micros: Micros) => CauseColumns | null;
}
