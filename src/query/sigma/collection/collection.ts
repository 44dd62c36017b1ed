import type { Diagnostic } from '../../../model/diagnostic.ts';
import type { Place } from '../../../model/place.ts';
import type { Correlation } from '../correlate/correlation.ts';
import type { SigmaFilter } from '../filter/filter.ts';
import type { SigmaRule } from '../rule/rule.ts';

/** Rules as they will be matched: filters applied, references checked. */
export interface SigmaCollection {
  readonly rules: readonly SigmaRule[];
  readonly correlations: readonly Correlation[];
  readonly filters: readonly SigmaFilter[];
  /** Documents that gave no rule, each with its reasons. */
  readonly refused: readonly Refused[];
  /** Everything there is to say, refusals included, in the order of files. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface Refused {
  /** Null when the text was not even readable. */
  readonly title: string | null;
  readonly place: Place;
  readonly reasons: readonly Diagnostic[];
}
