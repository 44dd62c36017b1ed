import type { Micros } from '../../model/event.ts';
import type { Schedule } from '../../model/detection.ts';
import { hour, second, type Span } from './span.ts';

/** How many start offsets a windowed rule is tried at. */
const phaseCount = 12;

/** One way the drill could have met the clock. */
export interface Phase {
  /** Added to every time of the drill. */
  readonly shiftMicros: Micros;
  readonly span: Span;
}

/**
 * Start offsets of a drill against the clock, always the same ones, so that a verdict does not depend on the minute at which
 * the drill was run. Rules cut time at the hours they bin by and at the times they run, so the offsets go in twelfths of
 * the hour and of the rule's own frequency. The last phase is the worst case, which no grid of offsets would meet: the
 * middle of the drill's rows falls on such a cut.
 */
export const phasesOf = (span: Span, { frequencySeconds }: Schedule): readonly Phase[] => {
  const frequency = frequencySeconds * second;
  const cycle = Math.max(frequency, hour);
  const cut = Math.floor(span.first / cycle) * cycle;
  const step = frequency === hour ? hour / phaseCount : (hour + frequency) / phaseCount;
  const middle = Math.round((span.first + span.last) / 2);
  const offsets = Array.from({ length: phaseCount - 1 }, (_, index) => Math.round((index + 1) * step) - span.first);
  return [...offsets, -middle].map((offset) => {
    const shiftMicros = cut + offset;
    return { shiftMicros, span: { first: span.first + shiftMicros, last: span.last + shiftMicros } };
  });
};
