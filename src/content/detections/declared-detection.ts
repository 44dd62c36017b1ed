import type { Detection } from '../../model/detection.ts';
import type { Place } from '../../model/place.ts';

/** A detection and where its id was written: in an index, for a query file. */
export interface DeclaredDetection {
  readonly detection: Detection;
  readonly declared: Place;
}
