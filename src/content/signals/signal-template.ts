import type { Place } from '../../model/place.ts';
import type { SignalEntry } from './schema.ts';

/** A signal as it is written, before the inputs of a variant are put in. */
export interface SignalTemplate {
  readonly id: string;
  /** GUID of the atomic that leaves it. */
  readonly test: string;
  readonly entry: SignalEntry;
  readonly place: Place;
}
