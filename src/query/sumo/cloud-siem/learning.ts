import type { CloudSiemRule } from '../../../model/cloud-siem-rule.ts';
import type { Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import type { AggregateStage } from '../../plan/stage.ts';
import { aggregatedFlow } from '../operators/aggregate.ts';
import { filtered } from '../operators/filter.ts';
import { extended, reference, type Flow } from '../plan/flow.ts';
import { call, literal } from '../plan/plan-expr.ts';
import { planFunction } from './aggregation.ts';
import { inWords } from './counting.ts';
import { planCondition, planRuleExpression, type RulePlanning } from './plan-condition.ts';
import { keysOf, planSignals, planSubjects } from './signals.ts';

type Of<K extends CloudSiemRule['kind']> = CloudSiemRule & { kind: K };

const long = (value: number, span: Span): Expr => literal('long', String(Math.trunc(value)), span);

/** How long before a record the first one was that the rule learned from. */
const learnedFor = (time: Expr, keys: readonly Expr[], span: Span): Expr =>
  call('sumo:since-first', [time, long(1, span), long(0, span), ...keys], 'long', span);

/** Values that no record within the retention had before, once the baseline has been learned. */
export const planFirstSeen = (rule: RulePlanning, node: Of<'first-seen'>, records: Flow): Flow => {
  const { planning, source } = rule;
  const { flow, tests } = planCondition(rule, node.filterExpression, records);
  const filter = source.add(node.filterExpression);
  const kept = filtered(planning, flow, tests, { operator: 'filter_expression', span: filter });
  const subjects = planSubjects(rule, node, kept);
  const values = node.valueFields.flatMap((field) => {
    const planned = planRuleExpression(rule, field, subjects.flow);
    return planned === null ? [] : [planned];
  });
  const span = source.note(`a value that ${inWords(node.retentionSeconds)} have not seen`, node.place);
  const learned = source.note(`after a baseline of ${inWords(node.baselineSeconds)}`, node.place);
  const present = values.map((value) => ({
    expr: call('sumo:not', [call('sumo:isempty', [value.expr], 'bool', value.span)], 'bool', value.span),
    span: value.span,
  }));
  const valued = filtered(planning, subjects.flow, present, {
    operator: 'value_fields',
    span: values[0]?.span ?? span,
  });
  const own = keysOf(subjects, span);
  const baseline = node.baselineType === 'PER_ENTITY' ? own : own.slice(2);
  const time = valued.time ?? long(0, span);
  const before = planning.column('', 'long');
  const since = planning.column('', 'long');
  const looked = extended(
    planning,
    valued,
    [
      {
        column: before,
        expr: call(
          'sumo:since-last',
          [time, long(1, span), long(0, span), ...baseline, ...values.map(({ expr }) => expr)],
          'long',
          span,
        ),
      },
      { column: since, expr: learnedFor(time, baseline, learned) },
    ],
    null,
  );
  const unseen = call(
    'sumo:or',
    [
      call('sumo:isnull', [reference(before, span)], 'bool', span),
      call('sumo:>', [reference(before, span), long(node.retentionSeconds * 1000, span)], 'bool', span),
    ],
    'bool',
    span,
  );
  const known = call(
    'sumo:>=',
    [reference(since, learned), long(node.baselineSeconds * 1000, learned)],
    'bool',
    learned,
  );
  const first = filtered(
    planning,
    looked,
    [
      { expr: unseen, span },
      { expr: known, span: learned },
    ],
    { operator: 'first_seen', span },
  );
  return planSignals(rule, subjects, first, span);
};

/** A window's value that lies further above its baseline than so many deviations. */
export const planOutlierRule = (rule: RulePlanning, node: Of<'outlier'>, records: Flow): Flow => {
  const { planning, source } = rule;
  const { flow, tests } = planCondition(rule, node.matchExpression, records);
  const match = source.add(node.matchExpression);
  const kept = filtered(planning, flow, tests, { operator: 'match_expression', span: match });
  const subjects = planSubjects(rule, node, kept);
  const span = source.note(
    `more than ${node.deviationThreshold} deviations above a baseline of ${inWords(node.baselineSeconds)}`,
    node.place,
  );
  const learned = source.note(`after a baseline of ${inWords(node.baselineSeconds)}`, node.place);
  const floor = source.note(`at least ${node.floorValue}`, node.place);
  const [fn] = node.aggregationFunctions;
  const planned = fn === undefined ? null : planFunction(rule, fn, subjects.flow, node.matchExpression);
  if (fn === undefined || planned === null) return flow;
  const slice = planning.column('', 'long');
  const sliced = extended(
    planning,
    subjects.flow,
    [
      {
        column: slice,
        expr: call(
          'sumo:slice',
          [subjects.flow.time ?? long(0, span), long(node.windowSeconds * 1000, span)],
          'long',
          span,
        ),
      },
    ],
    null,
  );
  const grouped = [subjects.type, subjects.entity, ...subjects.groups, slice].map((column) => ({
    column: planning.column(column.name, column.type),
    expr: reference(column, span),
  }));
  const functionName =
    planned.fn === 'count_distinct'
      ? 'count-distinct'
      : planned.fn === 'stddev'
        ? `stddev-${planning.dialect.deviation}`
        : planned.fn;
  const value = {
    fn: `sumo:${functionName}`,
    args: [planned.value],
    column: planning.column(fn.name, 'real'),
    carried: [],
    span,
  };
  const stage = planning.add<AggregateStage>({
    kind: 'aggregate',
    source: { operator: 'aggregation_functions', span },
    input: sliced.stage.id,
    keys: grouped,
    aggregates: [value],
    output: [...grouped.map(({ column }) => column), value.column],
  });
  const at = grouped.at(-1)?.column;
  if (at === undefined) return flow;
  const time = reference(at, span);
  const keys = grouped.slice(0, -1).map(({ column }) => reference(column, span));
  const current = reference(value.column, span);
  const [mean, deviation, since] = [
    planning.column('', 'real'),
    planning.column('', 'real'),
    planning.column('', 'long'),
  ];
  const length = long(node.baselineSeconds * 1000, span);
  const compared = extended(
    planning,
    { ...aggregatedFlow(flow, stage, []), time },
    [
      { column: mean, expr: call('sumo:earlier-avg', [time, current, length, ...keys], 'real', span) },
      {
        column: deviation,
        expr: call(`sumo:earlier-stddev-${planning.dialect.deviation}`, [time, current, length, ...keys], 'real', span),
      },
      { column: since, expr: learnedFor(time, keys, learned) },
    ],
    null,
  );
  const bound = call(
    'sumo:+',
    [
      reference(mean, span),
      call(
        'sumo:*',
        [reference(deviation, span), literal('real', String(node.deviationThreshold), span)],
        'real',
        span,
      ),
    ],
    'real',
    span,
  );
  const outliers = filtered(
    planning,
    compared,
    [
      {
        expr: call('sumo:>=', [reference(since, learned), long(node.baselineSeconds * 1000, learned)], 'bool', learned),
        span: learned,
      },
      { expr: call('sumo:>', [current, bound], 'bool', span), span },
      { expr: call('sumo:>=', [current, literal('real', String(node.floorValue), floor)], 'bool', floor), span: floor },
    ],
    { operator: 'deviation_threshold', span },
  );
  const [type = at, entity = at, ...groups] = grouped.slice(0, -1).map(({ column }) => column);
  return planSignals(rule, { flow: outliers, type, entity, groups }, outliers, span, [value.column]);
};
