import type { LossCounter } from '../loss-counter.ts';
import type { SensorContext } from '../sensor.ts';
import type { Intake } from './intake.ts';
import type { ProcessTree } from './process-tree.ts';

/** Whether a trace holds all that happened from the agent's start to the end of the last step. */
export interface TraceIntegrity {
  readonly lines: number;
  /** The first line is the agent's own exec. */
  readonly begins: boolean;
  /** It reaches beyond the end of the last step, or to the agent's own. */
  readonly ends: boolean;
  /** The last line is cut off. */
  readonly torn: boolean;
}

/** The agent tells milliseconds, the trace microseconds. */
const clockGrainMicros = 1000;

/**
 * The driver ends a host, and strace with it, when the last step is long over and the trace flushed; so its last line may well
 * be torn. That is a loss only when the line is not the harness's own.
 */
export const checkIntegrity = (
  { seen }: Intake,
  tree: ProcessTree,
  context: SensorContext,
  losses: LossCounter,
): TraceIntegrity => {
  const lastStep = Math.max(0, ...context.steps.filter(({ pid }) => pid !== null).map(({ finishedAt }) => finishedAt));
  const ends = tree.agent.endedMicros !== null || seen.lastMicros >= lastStep - clockGrainMicros;
  if (!seen.begins) losses.add('truncated', 'the trace does not begin with the agent');
  if (!ends) losses.add('truncated', 'the trace stops before the last step does');
  if (seen.torn !== null && !isOfHarness(seen.torn, tree))
    losses.add('truncated', 'the last line is cut off', seen.torn);
  return { lines: seen.lines, begins: seen.begins, ends, torn: seen.torn !== null };
};

const isOfHarness = (torn: string, tree: ProcessTree): boolean => {
  const tid = /^(\d+) /.exec(torn)?.[1];
  return tid !== undefined && tree.find(Number(tid))?.hidden === true;
};

/** Why nothing may be concluded from a trace; null when it is whole. A torn last line alone costs one call at most. */
export const whyBroken = ({ begins, ends }: TraceIntegrity): string | null => {
  if (!begins) return 'the trace does not begin with the agent';
  return ends ? null : 'the trace stops before the last step does';
};
