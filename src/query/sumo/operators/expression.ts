import { extended, type Flow } from '../plan/flow.ts';
import { planExpr } from '../plan/plan-expr.ts';
import type { Planning } from '../plan/planning.ts';
import type { SumoExpr, SumoStage } from '../syntax/ast.ts';

/** Functions that, standing alone, change the field they are given. */
const inPlace = new Set(['num', 'number', 'tolong', 'toint', 'int', 'long', 'double', 'todouble', 'tostring']);

const nameOf = (expr: SumoExpr): string | null => {
  if (expr.kind !== 'call') return null;
  const [first] = expr.args;
  const name = expr.name.toLowerCase();
  if (inPlace.has(name) && first?.kind === 'field') return first.name;
  return `_${expr.name}`;
};

/** `expression as field`. */
export const planExpression = (planning: Planning, node: SumoStage & { kind: 'expression' }, flow: Flow): Flow => {
  const name = node.alias?.name ?? nameOf(node.expr);
  if (name === null) {
    planning.invalid(node.span, 'An expression needs a name.', 'Write `| expression as field`.');
    return flow;
  }
  const expr = planExpr(planning, node.expr, flow);
  const operator = node.expr.kind === 'call' ? node.expr.name : 'as';
  return extended(planning, flow, [{ column: planning.column(name, expr.type), expr }], { operator, span: node.span });
};
