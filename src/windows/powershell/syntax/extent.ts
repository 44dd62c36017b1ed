/** A range of a script's text, in UTF-16 code units; the end is exclusive. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}
