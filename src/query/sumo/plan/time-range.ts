import type { Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import { call, literal } from './plan-expr.ts';
import type { Planning } from './planning.ts';

/** Now, in milliseconds: where a search's time range ends. */
export const rangeEnd = (span: Span): Expr => call('sumo:millis', [call('now', [], 'datetime', span)], 'long', span);

export const rangeStart = (planning: Planning, span: Span): Expr =>
  call('sumo:-', [rangeEnd(span), literal('long', String(planning.dialect.rangeMillis), span)], 'long', span);

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
const lengths = [
  ...[1, 2, 5, 10, 15, 20, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 20, 30].map((count) => count * minute),
  ...[1, 2, 3, 4, 6, 8, 12].map((count) => count * hour),
  ...[1, 2, 7].map((count) => count * day),
];

/** The shortest length that a clock knows of which no more than `buckets` make up the time range. */
export const sliceOf = (rangeMillis: number, buckets: number): number =>
  lengths.find((length) => rangeMillis / length <= buckets) ?? Math.ceil(rangeMillis / buckets / day) * day;
