import type { Span } from '../../plan/span.ts';

export type ProblemCode =
  | 'sumo/character'
  | 'sumo/unterminated-text'
  | 'sumo/syntax'
  | 'sumo/splunk-word'
  | 'sumo/unsupported'
  | 'sumo/unknown-table'
  | 'sumo/unknown-field'
  | 'sumo/no-lookup-table'
  | 'sumo/invalid'
  | 'cloud-siem/unfilled-field';

/** What is wrong with a query, and where in its text. */
export interface Problem {
  readonly code: ProblemCode;
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
  readonly severity?: 'warning';
}
