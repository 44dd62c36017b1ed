import type { Micros } from '../../model/event.ts';
import { walkExpr, type Call, type Expr } from './expr.ts';
import { expressionsOf } from './needed-columns.ts';
import type { Plan } from './plan.ts';

const isNow = (expr: Expr | undefined): boolean => expr?.kind === 'call' && expr.fn === 'now';

const isComparison = (expr: Expr): expr is Call => expr.kind === 'call' && ['<', '<=', '>', '>='].includes(expr.fn);

/** How far before now an expression lies: `now()`, `now() - 1d`; null when it is something else. */
const distance = (expr: Expr | undefined): Micros | null => {
  if (isNow(expr)) return 0;
  if (expr?.kind !== 'call' || expr.fn !== '-' || !isNow(expr.args[0])) return null;
  const back = expr.args[1];
  return back?.kind === 'literal' && back.type === 'timespan' && typeof back.value === 'string'
    ? Number(back.value) / 10
    : null;
};

/** Columns that hold a base table's value unchanged. */
const baseColumns = (plan: Plan): ReadonlySet<string> => {
  const base = new Set<string>();
  for (const stage of plan.stages) {
    if (stage.kind === 'table') for (const { id } of stage.output) base.add(id);
    const computed = stage.kind === 'extend' || stage.kind === 'project' ? stage.computed : [];
    for (const { column, expr } of computed) if (expr.kind === 'column' && base.has(expr.id)) base.add(column.id);
  }
  return base;
};

const countNow = (exprs: readonly Expr[]): number => {
  let count = 0;
  for (const expr of exprs) walkExpr(expr, (inner) => (count += isNow(inner) ? 1 : 0));
  return count;
};

/**
 * The distances from now at which a plan's filters cut base-table datetimes; null when now shows anywhere else, so that any two
 * executions may differ.
 */
export const lookbacksOf = (plan: Plan): readonly Micros[] | null => {
  const base = baseColumns(plan);
  const found: Micros[] = [];
  let explained = 0;
  for (const stage of plan.stages) {
    for (const { expr } of stage.kind === 'filter' ? stage.conjuncts : []) {
      if (!isComparison(expr)) continue;
      const [left, right] = expr.args;
      const [column, moment] = left?.kind === 'column' ? [left, right] : [right, left];
      const back = distance(moment);
      if (column?.kind !== 'column' || back === null || !base.has(column.id)) continue;
      explained++;
      found.push(back);
    }
  }
  const total = plan.stages.reduce((count, stage) => count + countNow(expressionsOf(stage)), 0);
  return total === explained ? [...new Set(found)].sort((a, b) => a - b) : null;
};
