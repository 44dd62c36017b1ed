import type { LogLosses } from './losses.ts';
import type { SourceOf } from './sources.ts';

/** What every reader of a log needs beside its bytes. */
export interface ReadContext {
  /** As it is shown, and as the events' origins name it. */
  readonly file: string;
  readonly sourceOf: SourceOf;
  readonly losses: LogLosses;
}
