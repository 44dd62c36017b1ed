import type { Mark } from '../../model/persona.ts';
import type { DetectionResult, FunnelLine } from '../../model/verdict.ts';
import type { Outcome } from './verdict.ts';

/** What judging adds to the detection's own facts. */
export interface Finding extends Outcome {
  readonly rows: DetectionResult['rows'];
  readonly laterRows?: DetectionResult['rows'];
  readonly executions: number;
  readonly funnel: readonly FunnelLine[];
  readonly marks: readonly Mark[];
}

/** Of a detection that was not run. */
export const untried: Omit<Finding, 'verdict' | 'reason'> = {
  rows: [],
  executions: 0,
  phases: { tried: 0, fired: 0 },
  funnel: [],
  marks: [],
};
