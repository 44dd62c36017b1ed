import type { Micros } from '../../model/event.ts';

/** From the first to the last row that a drill left; both inclusive. */
export interface Span {
  readonly first: Micros;
  readonly last: Micros;
}

export const second = 1_000_000;
export const hour = 3600 * second;
