import type { Expr } from '../../plan/expr.ts';
import { extended, findColumn, reference, type Flow } from '../plan/flow.ts';
import { call, literal } from '../plan/plan-expr.ts';
import { planField } from '../plan/plan-field.ts';
import type { Planning } from '../plan/planning.ts';
import type { SumoStage } from '../syntax/ast.ts';

type Of<K extends SumoStage['kind']> = SumoStage & { kind: K };

/** The slices that rows stand for: these operators look along them. */
const sliceOf = (planning: Planning, node: SumoStage, flow: Flow): Expr | null => {
  const column = findColumn(flow.stage.output, '_timeslice', planning.dialect);
  if (column !== undefined) return call('sumo:long', [reference(column, node.span)], 'long', node.span);
  if (planning.pending === null)
    planning.invalid(
      node.span,
      `${node.kind} follows an aggregate by _timeslice.`,
      'Write `| timeslice 1h | count by _timeslice` before.',
    );
  return null;
};

/** Adds `<field>_error` and its kin: how far a slice's value lies from those of the slices before it. */
export const planOutlier = (planning: Planning, node: Of<'outlier'>, flow: Flow): Flow => {
  const { span, field, window, threshold, consecutive, direction } = node;
  const time = sliceOf(planning, node, flow);
  const value = planField(planning, field.name, field.span, flow);
  if (time === null) return flow;
  if (window < 1 || consecutive < 1) planning.invalid(span, 'window and consecutive count from 1.');
  const keys = node.keys.map((key) => planField(planning, key.name, key.span, flow));
  const count = (number: number): Expr => literal('long', String(Math.trunc(number)), span);
  const column = (suffix: string, type: 'real' | 'long') => planning.column(`${field.name}_${suffix}`, type);
  const mean = planning.column('', 'real');
  const deviation = column('std', 'real');
  const moving = extended(
    planning,
    flow,
    [
      { column: mean, expr: call('sumo:mean-before', [time, value, count(window), ...keys], 'real', span) },
      {
        column: deviation,
        expr: call(
          `sumo:deviation-before-${planning.dialect.deviation}`,
          [time, value, count(window), ...keys],
          'real',
          span,
        ),
      },
    ],
    null,
  );
  const input: Flow = {
    ...moving,
    stage: planning.replace({ ...moving.stage, output: moving.stage.output.filter(({ id }) => id !== mean.id) }),
  };
  const real = (fn: string, left: Expr, right: Expr): Expr => call(`sumo:${fn}`, [left, right], 'real', span);
  const center = reference(mean, span);
  const spread = real('*', reference(deviation, span), literal('real', String(threshold), span));
  const bounded = extended(
    planning,
    input,
    [
      { column: column('error', 'real'), expr: real('-', value, center) },
      { column: column('lower', 'real'), expr: real('-', center, spread) },
      { column: column('upper', 'real'), expr: real('+', center, spread) },
    ],
    null,
  );
  const over = call('sumo:>', [value, real('+', center, spread)], 'bool', span);
  const under = call('sumo:<', [value, real('-', center, spread)], 'bool', span);
  const outside = direction === '+' ? over : direction === '-' ? under : call('sumo:or', [over, under], 'bool', span);
  // The newest slice may not be over yet.
  const earlier = call('sumo:before-newest', [time, value, count(0)], 'bool', span);
  const isOutside = call('sumo:and', [outside, earlier], 'bool', span);
  const indicator = column('indicator', 'long');
  const flagged = extended(
    planning,
    bounded,
    [{ column: indicator, expr: call('sumo:if', [isOutside, count(1), count(0)], 'long', span) }],
    null,
  );
  const violation = call(
    'sumo:all-of-last',
    [time, reference(indicator, span), count(consecutive), ...keys],
    'long',
    span,
  );
  return extended(planning, flagged, [{ column: column('violation', 'long'), expr: violation }], {
    operator: 'outlier',
    span,
  });
};

/** A straight line through the slices' values: slices without a row count as zero. */
export const planPredict = (planning: Planning, node: Of<'predict'>, flow: Flow): Flow => {
  const { span, field, millis } = node;
  const time = sliceOf(planning, node, flow);
  const value = planField(planning, field.name, field.span, flow);
  if (time === null) return flow;
  const step = literal('long', String(Math.max(1, Math.trunc(millis))), span);
  const hidden = (input: Flow, exprs: readonly Expr[]): { readonly flow: Flow; readonly made: readonly Expr[] } => {
    const computed = exprs.map((expr) => ({ column: planning.column('', 'real'), expr }));
    const next = extended(planning, input, computed, null);
    const stage = planning.replace({ ...next.stage, output: input.stage.output });
    return { flow: { ...next, stage }, made: computed.map(({ column }) => reference(column, span)) };
  };
  const real = (fn: string, ...args: readonly Expr[]): Expr => call(`sumo:${fn}`, args, 'real', span);
  const places = hidden(flow, [
    real('places', time, step, step),
    real('place', time, step, step),
    real('sum-of-all', value, step, step),
  ]);
  const [count = time, place = time, sum = time] = places.made;
  const products = hidden(places.flow, [real('sum-of-all', real('*', place, value), step, step)]);
  const [product = time] = products.made;
  const predicted = planning.column(`${field.name}_predicted`, 'real');
  const line = extended(
    planning,
    products.flow,
    [{ column: predicted, expr: real('line', count, place, sum, product) }],
    null,
  );
  const error = real('-', reference(predicted, span), value);
  const column = planning.column(`${field.name}_error`, 'real');
  return extended(planning, line, [{ column, expr: error }], { operator: 'predict', span });
};
