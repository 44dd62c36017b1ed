import type { HuntSummary } from '../../model/hunt.ts';
import { isoMicros } from '../../util/iso-time.ts';

const timeText = (micros: number | null): string | null => (micros === null ? null : isoMicros(micros));

/** A summary as JSON has it: times as ISO 8601. */
export const summaryDocument = ({ byRule, ...rest }: HuntSummary) => ({
  ...rest,
  byRule: byRule.map(({ rule, hits, first, last }) => ({ rule, hits, first: timeText(first), last: timeText(last) })),
});
