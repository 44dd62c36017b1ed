import type { Diagnostic } from './diagnostic.ts';
import type { HuntPlace, HuntRule } from './hunt.ts';
import type { LogSource, LogValue } from './log-event.ts';

/** Why a rule matched no more events than it did. */
export interface HuntExplanation {
  readonly rule: HuntRule;
  /** That were read. */
  readonly events: number;
  /** Those of the rule's log source. */
  readonly ofItsSource: number;
  readonly matched: number;
  /** Of its log source, events that the streaming matcher and SQL decided too: all there are, up to a bound. */
  readonly compared: { readonly matcher: number; readonly sql: number };
  /** Where they came to something else than the plain interpreter: an error of ours. */
  readonly diagnostics: readonly Diagnostic[];
  /** That did not match: those with the fewest obstacles first. */
  readonly nearest: readonly NearestEvent[];
}

export interface NearestEvent extends HuntPlace {
  readonly source: LogSource;
  readonly obstacles: readonly HuntObstacle[];
  readonly fields: Readonly<Record<string, LogValue>>;
}

/** An item that came out otherwise than the rule needs. */
export interface HuntObstacle {
  readonly selection: string;
  /** As the rule writes it: `CommandLine|contains`; empty for keywords. */
  readonly key: string;
  /** What it asks for, one text a value. */
  readonly asks: readonly string[];
  /** It holds, and must not. */
  readonly holds: boolean;
  /** The event's own value; absent when it has no such field, and for keywords. */
  readonly value?: LogValue;
}
