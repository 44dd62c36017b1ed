import { planStage } from '../operators/index.ts';
import { planCompare } from '../operators/compare.ts';
import type { SumoQuery } from '../syntax/ast.ts';
import type { Flow } from './flow.ts';
import { planScope } from './plan-scope.ts';
import type { Planning } from './planning.ts';

/** A query's operators one after the other. */
export const planPipeline = (planning: Planning, query: SumoQuery, shiftMillis: number | null = null): Flow => {
  const { scope, stages } = query;
  const compares = stages.some(({ kind }) => kind === 'compare');
  // What is compared with older messages must not hold them itself.
  let flow = planScope(planning, scope, compares ? (shiftMillis ?? 0) : shiftMillis);
  stages.forEach((stage, index) => {
    flow =
      stage.kind === 'compare'
        ? planCompare(planning, stage, flow, { scope, stages: stages.slice(0, index) })
        : planStage(planning, stage, flow, stages.slice(index + 1));
  });
  return flow;
};
