import type { LogEvent, LogValue } from '../../../model/log-event.ts';
import type { Micros } from '../../../model/event.ts';
import { readField } from '../interpret/read-field.ts';
import type { Correlation } from './correlation.ts';

/** Something that one of a correlation's rules found: an event, or what another correlation found. */
export interface Occurrence {
  /** The rule as the correlation names it. */
  readonly rule: string;
  readonly time: Micros;
  readonly fields: Readonly<Record<string, LogValue>>;
  readonly events: readonly LogEvent[];
}

/** Occurrences that have the same values of `group-by`. */
export interface OccurrenceGroup {
  readonly group: CorrelationHit['group'];
  readonly occurrences: readonly Occurrence[];
}

/** A correlation that held. */
export interface CorrelationHit {
  readonly correlation: Correlation;
  /** The values of `group-by`, in its order. */
  readonly group: readonly (readonly [string, string])[];
  /** Of its first and of its last event. */
  readonly from: Micros;
  readonly to: Micros;
  /** What was counted or measured. */
  readonly value: number;
  readonly events: readonly LogEvent[];
}

/** A field of an occurrence as text, under the alias that the correlation may have given it; null when it has none. */
export const valueIn = ({ fields, rule }: Occurrence, name: string, { aliases }: Correlation): string | null => {
  const value = readField(fields, aliases.get(name)?.get(rule) ?? name);
  return value === undefined || value === null ? null : String(value);
};
