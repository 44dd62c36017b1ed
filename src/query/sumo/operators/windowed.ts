import type { Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import type { SortStage } from '../../plan/stage.ts';
import { extended, reference, type Flow } from '../plan/flow.ts';
import { call, literal } from '../plan/plan-expr.ts';
import { planField } from '../plan/plan-field.ts';
import type { Planning } from '../plan/planning.ts';
import type { SumoStage } from '../syntax/ast.ts';
import { filtered } from './filter.ts';

type Of<K extends SumoStage['kind']> = SumoStage & { kind: K };

interface Numbered {
  readonly flow: Flow;
  /** Ascending in the rows' own order: newest first where nothing has ordered them. */
  readonly order: Expr;
}

const numbered = (planning: Planning, flow: Flow, span: Span): Numbered => {
  if (!flow.sorted && flow.time !== null) return { flow, order: call('sumo:negate', [flow.time], 'long', span) };
  const column = planning.column('', 'long');
  const next = extended(planning, flow, [{ column, expr: call('window_ordinal', [], 'long', span) }], null);
  const stage = planning.replace({ ...next.stage, output: flow.stage.output });
  return { flow: { ...next, stage }, order: reference(column, span) };
};

/** An engine that looks at other rows may leave them in another order. */
const inOrder = (planning: Planning, flow: Flow, order: Expr): Flow => ({
  ...flow,
  stage: planning.add<SortStage>({
    kind: 'sort',
    source: null,
    input: flow.stage.id,
    keys: [{ expr: order, descending: false, nullsFirst: false }],
    output: flow.stage.output,
  }),
});

/** Rows of a moving window, where the query does not say how many. */
const windowLength = 10;

/** accum, backshift, diff, rollingstd, smooth and total: a value beside each row that follows from the rows around it. */
export const planWindowed = (planning: Planning, node: Of<'windowed'>, flow: Flow): Flow => {
  const { span, operator, field } = node;
  const { flow: input, order } = numbered(planning, flow, span);
  const value = planField(planning, field.name, field.span, input);
  const keys = node.keys.map((key) => planField(planning, key.name, key.span, input));
  const moving = operator === 'smooth' || operator === 'rollingstd';
  if (moving && node.count !== null && (node.count < 1 || node.count > 1000))
    planning.invalid(span, 'A window has 1 to 1000 rows.');
  const count = literal('long', String(node.count ?? (moving ? windowLength : 1)), span);
  const type = operator === 'backshift' ? value.type : 'real';
  const fn = operator === 'rollingstd' ? `${operator}-${planning.dialect.deviation}` : operator;
  const expr = call(`sumo:${fn}`, [order, value, count, ...keys], type, span);
  const column = planning.column(node.alias?.name ?? `_${operator}`, type);
  return inOrder(planning, extended(planning, input, [{ column, expr }], { operator, span }), order);
};

/** The rows with the greatest values, of each group; `_rank` numbers them from 1. */
export const planTopk = (planning: Planning, node: Of<'topk'>, flow: Flow): Flow => {
  const { span, field, count } = node;
  const value = planField(planning, field.name, field.span, flow);
  const keys = node.keys.map((key) => planField(planning, key.name, key.span, flow));
  const column = planning.column('_rank', 'long');
  const ranked = extended(planning, flow, [{ column, expr: call('sumo:rank', [value, ...keys], 'long', span) }], null);
  const within = call('sumo:<=', [reference(column, span), literal('long', String(count), span)], 'bool', span);
  const kept = filtered(planning, ranked, [{ expr: within, span }], { operator: 'topk', span });
  return { ...inOrder(planning, kept, reference(column, span)), sorted: true };
};
