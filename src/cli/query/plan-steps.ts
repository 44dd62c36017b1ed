import type { Plan } from '../../query/plan/plan.ts';
import { inputsOf } from '../../query/plan/stage.ts';
import type { PlanStep } from '../../report/explain/render-explanation.ts';

/** A plan as its explanation shows it: `s2  where from s1: Timestamp, ActionType`. */
export const planSteps = (plan: Plan): readonly PlanStep[] =>
  plan.stages.map((stage) => ({
    id: stage.id,
    operator: stage.kind === 'table' ? `table ${stage.table}` : (stage.source?.operator ?? stage.kind),
    inputs: inputsOf(stage),
    columns: stage.output.map(({ name }) => name),
  }));
