import type { DetectionResult } from '../../../../model/verdict.ts';
import { plural } from './format.ts';
import { verdictMeaning } from './words.ts';

/** The verdict's reason in one sentence, whatever the judge left unsaid. */
export const whyOf = ({ verdict, reason, rows, phases }: DetectionResult): string => {
  if (reason !== null) return reason.summary;
  if (verdict !== 'fired' && verdict !== 'noisy') return verdictMeaning[verdict];
  return `${plural(rows.length, 'row')}, at ${phases.fired} of ${plural(phases.tried, 'start offset')}`;
};
