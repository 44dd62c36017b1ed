import type { Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import type { Aggregate, AggregateStage, Computed, Stage } from '../../plan/stage.ts';
import type { ScalarType } from '../../../model/table.ts';
import { extended, type Flow } from '../plan/flow.ts';
import { call, literal, planExpr } from '../plan/plan-expr.ts';
import { planField } from '../plan/plan-field.ts';
import type { Planning } from '../plan/planning.ts';
import type { AggregateCall, SumoExpr, SumoStage } from '../syntax/ast.ts';

type Order = { readonly expr: Expr; readonly descending: boolean } | null;

interface Context {
  readonly planning: Planning;
  readonly flow: Flow;
  /** What makes a row first: the rows' own order, else the newest message. */
  readonly order: Order;
}

const defaultNames: Readonly<Record<string, string>> = { count_frequent: '_approxcount' };

const resultType = (name: string, arg: Expr | undefined): ScalarType => {
  switch (name) {
    case 'count':
    case 'count_distinct':
      return 'long';
    case 'sum':
      return arg?.type === 'long' ? 'long' : 'real';
    case 'values':
      return 'string';
    case 'first':
    case 'last':
    case 'most_recent':
    case 'least_recent':
      return arg?.type ?? 'string';
    default:
      return 'real';
  }
};

/** Arithmetic inside an aggregate is not the service's; a condition or a call is. */
const checkArgument = (planning: Planning, node: SumoExpr): void => {
  if (node.kind === 'binary' && ['+', '-', '*', '/', '%'].includes(node.operator))
    planning.invalid(
      node.span,
      'An aggregate takes a field, not a calculation.',
      'Calculate before: `| expression as field`.',
    );
};

const picked = (
  { planning, flow, order }: Context,
  node: AggregateCall,
  value: Expr,
  name: string,
): readonly Expr[] => {
  if (name === 'most_recent' || name === 'least_recent') {
    const [field] = node.args;
    const original = field?.kind === 'field' ? flow.withTime.get(field.name.toLowerCase()) : undefined;
    if (original === undefined || flow.time === null) {
      planning.invalid(
        node.span,
        `${name} takes a field that withtime made.`,
        'Write `| withtime x | most_recent(x_withtime)`.',
      );
      return [value, value];
    }
    return [original, flow.time];
  }
  if (order === null) {
    planning.unsupported(node.span, `${name} of rows that are in no order`);
    return [value, value];
  }
  return [value, order.expr];
};

/** Which end of the order a function takes. */
const pick = (name: string, order: Order): 'sumo:first' | 'sumo:last' => {
  if (name === 'most_recent') return 'sumo:last';
  if (name === 'least_recent') return 'sumo:first';
  const smallest = (name === 'first') !== (order?.descending ?? false);
  return smallest ? 'sumo:first' : 'sumo:last';
};

const planPercentiles = (context: Context, node: AggregateCall, value: Expr): readonly Aggregate[] => {
  const { planning } = context;
  const [field, ...given] = node.args;
  const ranks = given.flatMap((rank) => (rank.kind === 'number' ? [Number(rank.value)] : []));
  if (ranks.length !== given.length) planning.unsupported(node.span, 'a computed percentile');
  const all = ranks.length === 0 ? [95] : ranks;
  const stem = field?.kind === 'field' ? field.name : '';
  return all.map((rank) => {
    const name = node.alias !== null && all.length === 1 ? node.alias.name : `_${stem}_pct_${rank}`;
    const args = [value, literal('real', String(rank), node.span)];
    return { fn: 'sumo:pct', args, column: planning.column(name, 'real'), carried: [], span: node.span };
  });
};

const planAggregateCall = (context: Context, node: AggregateCall): readonly Aggregate[] => {
  const { planning, flow, order } = context;
  const name = node.name.toLowerCase();
  const { span } = node;
  const alias = node.alias?.name ?? defaultNames[name] ?? `_${name}`;
  const [first] = node.args;
  const isStar = first?.kind === 'field' && first.name === '*';
  const one = (fn: string, args: readonly Expr[], type: ScalarType): readonly Aggregate[] => [
    { fn, args, column: planning.column(alias, type), carried: [], span },
  ];
  if (name === 'count' && (first === undefined || isStar)) return one('sumo:count', [], 'long');
  if (first === undefined) {
    planning.invalid(span, `${node.name} needs a field.`, `Write \`${node.name}(field)\`.`);
    return [];
  }
  checkArgument(planning, first);
  const recent = (name === 'most_recent' || name === 'least_recent') && first.kind === 'field';
  const value = recent
    ? (flow.withTime.get(first.name.toLowerCase()) ?? literal('long', '0', span))
    : planExpr(planning, first, flow);
  const type = resultType(name, value);
  switch (name) {
    case 'count':
      return value.type === 'bool' && first.kind !== 'field'
        ? one('sumo:count-if', [value], 'long')
        : one('sumo:count', [value], 'long');
    case 'count_distinct':
      return one(
        'sumo:count-distinct',
        node.args.map((arg) => planExpr(planning, arg, flow)),
        type,
      );
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
    case 'values':
      return one(`sumo:${name}`, [value], type);
    case 'stddev':
      return one(`sumo:stddev-${planning.dialect.deviation}`, [value], type);
    case 'median':
      return one('sumo:pct', [value, literal('real', '50', span)], type);
    case 'pct':
    case 'pct_sampling':
      return planPercentiles(context, node, value);
    case 'first':
    case 'last':
    case 'most_recent':
    case 'least_recent':
      return one(pick(name, order), picked(context, node, value, name), type);
    default:
      planning.unsupported(span, `the aggregate ${node.name}`);
      return [];
  }
};

const needsOrder = (node: SumoStage & { kind: 'aggregate' }): boolean =>
  node.calls.some(({ name }) => ['first', 'last'].includes(name.toLowerCase()));

/** Rows that `sort` has put in order are numbered, since an engine keeps none by itself. */
const ordered = (planning: Planning, flow: Flow, span: Span): Context => {
  if (!flow.sorted) return { planning, flow, order: flow.time === null ? null : { expr: flow.time, descending: true } };
  const column = planning.column('', 'long');
  const expr = call('window_ordinal', [], 'long', span);
  const numbered = extended(planning, flow, [{ column, expr }], null);
  const order = { expr: { kind: 'column', id: column.id, type: 'long', span } as const, descending: false };
  return { planning, flow: { ...numbered, stage: { ...numbered.stage, output: flow.stage.output } }, order };
};

/** Only what an aggregate gives is left: no times, no messages. */
export const aggregatedFlow = (flow: Flow, stage: Stage, keys: readonly string[]): Flow => ({
  ...{ stage, keys, slice: flow.slice, time: null, auto: null },
  ...{ open: false, sorted: false, matched: [], withTime: new Map<string, Expr>() },
});

export const planAggregate = (planning: Planning, node: SumoStage & { kind: 'aggregate' }, flow: Flow): Flow => {
  const context = needsOrder(node) ? ordered(planning, flow, node.span) : { planning, flow, order: null };
  const keys = node.keys.map(({ name, span }): Computed => {
    const expr = planField(planning, name, span, context.flow);
    return { column: planning.column(name, expr.type), expr };
  });
  const aggregates = node.calls.flatMap((each) => planAggregateCall(context, each));
  const names = [...keys, ...aggregates].map(({ column }) => column.name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    planning.invalid(node.span, `Two results are called ${twice}.`, 'Give each its own name with `as`.');
  const stage = planning.add<AggregateStage>({
    kind: 'aggregate',
    source: { operator: node.calls[0]?.name.toLowerCase() ?? 'count', span: node.span },
    input: context.flow.stage.id,
    keys,
    aggregates,
    output: [...keys, ...aggregates].map(({ column }) => column),
  });
  return aggregatedFlow(
    flow,
    stage,
    node.keys.map(({ name }) => name),
  );
};
