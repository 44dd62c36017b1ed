/** A range of the query's text, in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Inside a function that stands in no query: what stands there. The range is then that of its call. */
  readonly inner?: string;
  /** Inside a function of the query: its call, the outermost of several. */
  readonly call?: { readonly start: number; readonly end: number };
}
