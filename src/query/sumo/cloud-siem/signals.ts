import type { CloudSiemRule } from '../../../model/cloud-siem-rule.ts';
import type { Column, Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import type { AggregateStage, Computed, UnionStage } from '../../plan/stage.ts';
import { filtered } from '../operators/filter.ts';
import { aggregatedFlow } from '../operators/aggregate.ts';
import { extended, reference, type Flow } from '../plan/flow.ts';
import { call, literal } from '../plan/plan-expr.ts';
import { planField } from '../plan/plan-field.ts';
import { planRuleExpression, type RulePlanning } from './plan-condition.ts';

/** Records with the entity that a signal of them would be about. */
export interface Subjects {
  readonly flow: Flow;
  readonly type: Column;
  readonly entity: Column;
  /** Values of the rule's own grouping. */
  readonly groups: readonly Column[];
}

/** A record once for every entity that it names; records that name none give no signal. */
export const planSubjects = (
  rule: RulePlanning,
  { entitySelectors, groupByFields }: CloudSiemRule,
  flow: Flow,
): Subjects => {
  const { planning, source } = rule;
  const branches = entitySelectors.flatMap(({ entityType, expression }) => {
    const span = source.add(expression);
    const planned = planRuleExpression(rule, expression, flow);
    if (planned === null) return [];
    const value = call('sumo:text', [planned.expr], 'string', span);
    const named = call('sumo:not', [call('sumo:isempty', [value], 'bool', span)], 'bool', span);
    const kept = filtered(planning, flow, [{ expr: named, span }], { operator: 'entity', span });
    return [{ kept, value, type: literal('string', entityType, span), span }];
  });
  const groups = groupByFields.map((field) => {
    const span = source.add(field);
    const expr = planField(planning, field.text.trim(), span, flow);
    return { column: planning.column(field.text.trim(), expr.type), expr };
  });
  const type = planning.column('entity_type', 'string');
  const entity = planning.column('entity', 'string');
  const time = planning.column('', 'long');
  const columns = flow.stage.output.map(({ name, type: held }) => planning.column(name, held));
  const output = [...columns, ...groups.map(({ column }) => column), type, entity, time];
  const union = planning.add<UnionStage>({
    kind: 'union',
    source: null,
    inputs: branches.map(({ kept, value, type: name, span }) => ({
      stage: kept.stage.id,
      columns: [
        ...flow.stage.output.map((column): Expr => reference(column, span)),
        ...groups.map(({ expr }) => expr),
        ...[name, value, flow.time ?? literal('long', null, span)],
      ],
    })),
    output,
  });
  const subjects: Flow = { ...flow, stage: union, time: reference(time, { start: 0, end: 0 }) };
  return { flow: subjects, type, entity, groups: groups.map(({ column }) => column) };
};

export const keysOf = ({ type, entity, groups }: Subjects, span: Span): readonly Expr[] =>
  [type, entity, ...groups].map((column) => reference(column, span));

/** One signal for each entity and group: how many records fired it, and when the first and the last did. */
export const planSignals = (
  rule: RulePlanning,
  subjects: Subjects,
  flow: Flow,
  span: Span,
  shown: readonly Column[] = [],
): Flow => {
  const { planning } = rule;
  const keys = [subjects.type, subjects.entity, ...subjects.groups].map((column): Computed => ({
    column: planning.column(column.name, column.type),
    expr: reference(column, span),
  }));
  const time = flow.time ?? literal('long', null, span);
  const aggregates = [
    { fn: 'sumo:count', args: [], column: planning.column('records', 'long') },
    { fn: 'sumo:min', args: [time], column: planning.column('', 'real') },
    { fn: 'sumo:max', args: [time], column: planning.column('', 'real') },
    ...shown.map((column) => ({
      fn: 'sumo:max',
      args: [reference(column, span)],
      column: planning.column(column.name, 'real'),
    })),
  ].map((aggregate) => ({ ...aggregate, carried: [], span }));
  const stage = planning.add<AggregateStage>({
    kind: 'aggregate',
    source: null,
    input: flow.stage.id,
    keys,
    aggregates,
    output: [...keys, ...aggregates].map(({ column }) => column).filter(({ name }) => name !== ''),
  });
  const [, first, last] = aggregates;
  if (first === undefined || last === undefined) return flow;
  const moments = [
    {
      column: planning.column('first_record', 'long'),
      expr: call('sumo:long', [reference(first.column, span)], 'long', span),
    },
    {
      column: planning.column('last_record', 'long'),
      expr: call('sumo:long', [reference(last.column, span)], 'long', span),
    },
  ];
  return extended(
    planning,
    aggregatedFlow(
      flow,
      stage,
      keys.map(({ column }) => column.name),
    ),
    moments,
    null,
  );
};
