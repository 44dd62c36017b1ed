import type { Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import type { FilterStage } from '../../plan/stage.ts';
import { isNumeric } from '../../sql/types.ts';
import type { Flow } from '../plan/flow.ts';
import { planExpr } from '../plan/plan-expr.ts';
import type { Planning } from '../plan/planning.ts';
import type { SumoExpr, SumoStage } from '../syntax/ast.ts';

/** The conditions that must all hold. */
export const conjunctNodes = (node: SumoExpr): readonly SumoExpr[] =>
  node.kind === 'binary' && node.operator === 'and' ? [node.left, node.right].flatMap(conjunctNodes) : [node];

export const filtered = (
  planning: Planning,
  flow: Flow,
  tests: readonly { readonly expr: Expr; readonly span: Span }[],
  source: FilterStage['source'],
): Flow => {
  const stage = planning.add<FilterStage>({
    kind: 'filter',
    source,
    input: flow.stage.id,
    conjuncts: [],
    output: flow.stage.output,
  });
  const conjuncts = tests.map((test, index) => ({ id: `${stage.id}/${index + 1}`, ...test }));
  return { ...flow, matched: [], stage: planning.replace({ ...stage, conjuncts }) };
};

export const planWhere = (planning: Planning, node: SumoStage & { kind: 'where' }, flow: Flow): Flow =>
  filtered(
    planning,
    flow,
    conjunctNodes(node.condition).map((each) => {
      const expr = planExpr(planning, each, flow);
      if (isNumeric(expr.type)) planning.invalid(each.span, 'A condition is true or false; this is a number.');
      return { expr, span: each.span };
    }),
    { operator: 'where', span: node.span },
  );
