import type { Column, Expr } from '../../plan/expr.ts';
import type { Aggregate, AggregateStage, Computed } from '../../plan/stage.ts';
import { extended, findColumn, reference, type Flow } from '../plan/flow.ts';
import { call, literal } from '../plan/plan-expr.ts';
import { planField } from '../plan/plan-field.ts';
import type { Planning } from '../plan/planning.ts';
import type { Alias, SumoStage } from '../syntax/ast.ts';
import { aggregatedFlow } from './aggregate.ts';

/** The service makes no more columns than this. */
const mostColumns = 300;

/** The one field that is neither row nor column: what the cells hold. */
const valueOf = (flow: Flow, named: readonly Alias[], planning: Planning): Column | null => {
  const taken = new Set(named.map(({ name }) => findColumn(flow.stage.output, name, planning.dialect)?.id));
  const left = flow.stage.output.filter(({ id }) => !taken.has(id));
  return left.length === 1 ? (left[0] ?? null) : null;
};

/** Rows become columns. Where the query names the columns they are known; else they follow from the data. */
export const planTranspose = (planning: Planning, node: SumoStage & { kind: 'transpose' }, flow: Flow): Flow => {
  const { span, rows, columns, outputs } = node;
  const value = valueOf(flow, [...rows, ...columns], planning);
  const names = columns.map((column) => planField(planning, column.name, column.span, flow));
  if (value === null) {
    if (planning.pending === null)
      planning.unsupported(
        span,
        'transpose of anything but one value: how its columns are called is documented nowhere',
      );
    return flow;
  }
  const by = planning.column('', 'string');
  const texts = names.map((name) => call('sumo:text', [name], 'string', span));
  const [only] = texts;
  const text =
    texts.length === 1 && only !== undefined
      ? only
      : call(
          'sumo:concat',
          texts.flatMap((each, index) => (index === 0 ? [each] : [literal('string', ' ', span), each])),
          'string',
          span,
        );
  const named = extended(planning, flow, [{ column: by, expr: text }], null);
  const input = planning.replace({ ...named.stage, output: flow.stage.output });
  const keys = rows.map(({ name, span: at }): Computed => {
    const expr = planField(planning, name, at, flow);
    return { column: planning.column(name, expr.type), expr };
  });
  const cell: Expr = reference(value, span);
  const source = { operator: 'transpose', span };
  if (node.dynamic) {
    planning.postpone({
      kind: 'pivot',
      input: input.id,
      span: { start: 0, end: span.end },
      by,
      keys,
      aggregate: { fn: 'sumo:any', args: [cell], column: planning.column('', value.type), carried: [], span },
      first: (outputs ?? []).map(({ name }) => name),
      most: mostColumns,
    });
  }
  const aggregates = (outputs ?? []).map(({ name, span: at }): Aggregate => {
    const same = call('sumo:=', [reference(by, at), literal('string', name, at)], 'bool', at);
    return { fn: 'sumo:anyif', args: [cell, same], column: planning.column(name, value.type), carried: [], span: at };
  });
  const stage = planning.add<AggregateStage>({
    kind: 'aggregate',
    source,
    input: input.id,
    keys,
    aggregates,
    output: [...keys, ...aggregates].map(({ column }) => column),
  });
  return {
    ...aggregatedFlow(
      flow,
      stage,
      rows.map(({ name }) => name),
    ),
    sorted: false,
  };
};
