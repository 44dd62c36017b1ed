import type { Micros } from '../../model/event.ts';
import type { Schedule } from '../../model/detection.ts';
import { second, type Span } from './span.ts';

/** A run of a rule: what it sees, and when. */
export interface Execution {
  readonly now: Micros;
  /** The rule's look-back: from inclusive, until (its `now`) exclusive. */
  readonly window: { readonly from: Micros; readonly until: Micros };
}

/** Every run on the rule's clock-aligned schedule whose window can hold a row of the drill, in order. */
export const executionsOver = (span: Span, { frequencySeconds, periodSeconds }: Schedule): readonly Execution[] => {
  const [frequency, period] = [frequencySeconds * second, periodSeconds * second];
  // Content refuses such a schedule; without this a caller that made one by hand would wait forever.
  if (frequency <= 0 || period <= 0) throw new Error('a schedule has a frequency and a period above zero');
  const executions: Execution[] = [];
  for (let now = (Math.floor(span.first / frequency) + 1) * frequency; now - period <= span.last; now += frequency) {
    executions.push({ now, window: { from: now - period, until: now } });
  }
  return executions;
};
