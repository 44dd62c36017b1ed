import { columnsOf, stagesOf, type Expr } from './expr.ts';
import type { Plan } from './plan.ts';
import { inputsOf, type FilterStage, type JoinStage, type Stage } from './stage.ts';

const renamed = (expr: Expr, names: ReadonlyMap<string, string>): Expr => {
  if (expr.kind === 'column') return { ...expr, id: names.get(expr.id) ?? expr.id };
  return expr.kind === 'call' ? { ...expr, args: expr.args.map((arg) => renamed(arg, names)) } : expr;
};

const pushedInto = (join: JoinStage, filter: FilterStage, relaxed: ReadonlySet<string>): readonly Expr[] => {
  const left = new Map(join.columns.filter(({ side }) => side === 'left').map(({ id, from }) => [id, from]));
  if (relaxed.has(filter.id)) return [];
  return filter.conjuncts
    .filter(
      ({ id, expr }) =>
        !relaxed.has(id) && stagesOf(expr).length === 0 && columnsOf(expr).every((column) => left.has(column)),
    )
    .map(({ expr }) => renamed(expr, left));
};

/**
 * Of the rows with one key an `innerunique` join keeps one: the service filters the left side by what stands behind the join before it
 * chooses, and so the answer depends on it.
 */
export const pushThroughUniqueJoins = (plan: Plan, relaxed: ReadonlySet<string>): Plan => {
  const tests = new Map<string, readonly Expr[]>();
  for (const stage of plan.stages) {
    const join = stage.kind === 'filter' ? plan.stages.find(({ id }) => id === stage.input) : undefined;
    if (stage.kind !== 'filter' || join?.kind !== 'join' || join.flavor !== 'innerunique') continue;
    const readers = plan.stages.filter((other) => inputsOf(other).includes(join.id));
    // Somebody else who reads the join sees rows that this filter leaves out.
    if (readers.length === 1) tests.set(join.id, pushedInto(join, stage, relaxed));
  }
  if (tests.size === 0) return plan;
  const stages = plan.stages.map((stage): Stage => {
    const leftTests = tests.get(stage.id);
    return stage.kind === 'join' && leftTests !== undefined ? { ...stage, leftTests } : stage;
  });
  return { ...plan, stages };
};
