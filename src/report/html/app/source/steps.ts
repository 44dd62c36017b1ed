import type { FunnelLine } from '../../../../model/verdict.ts';
import { isSpring, trunkOf } from './flow.ts';

/** The funnel at a glance: the stages that change the number of rows, and how many between them do not. */
export type Step =
  | { readonly kind: 'stage'; readonly stage: FunnelLine; readonly change: 'begins' | 'changes' | 'ends' }
  | { readonly kind: 'pass'; readonly stages: number; readonly rows: number };

const changeOf = (trunk: readonly FunnelLine[], stage: FunnelLine): 'begins' | 'changes' | 'ends' | null => {
  if (isSpring(trunk, stage)) return 'begins';
  if (stage.rows === stage.rowsIn) return null;
  return stage.rows === 0 ? 'ends' : 'changes';
};

/** Branches (the right side of a join) are left out: their rows are others. */
export const stepsOf = (funnel: readonly FunnelLine[]): readonly Step[] => {
  const trunk = trunkOf(funnel);
  const steps: Step[] = [];
  for (const stage of trunk) {
    const change = changeOf(trunk, stage);
    const last = steps.at(-1);
    if (change !== null) steps.push({ kind: 'stage', stage, change });
    else if (last?.kind === 'pass') steps[steps.length - 1] = { ...last, stages: last.stages + 1 };
    else steps.push({ kind: 'pass', stages: 1, rows: stage.rows });
  }
  return steps;
};
