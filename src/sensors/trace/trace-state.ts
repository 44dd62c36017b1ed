import type { LossCounter } from '../loss-counter.ts';
import type { SensorContext } from '../sensor.ts';
import type { DnsExchange } from './dns-exchange.ts';
import type { EventWriter } from './event-writer.ts';

/** What the handlers of single calls share. */
export interface TraceState {
  readonly context: SensorContext;
  readonly writer: EventWriter;
  readonly losses: LossCounter;
  readonly names: DnsExchange;
  /** Files that are known to exist since this trace saw them made or opened. */
  readonly knownFiles: Set<string>;
}
