import type { CloudSiemRule } from '../../../model/cloud-siem-rule.ts';
import type { Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import { filtered } from '../operators/filter.ts';
import { extended, reference, type Flow } from '../plan/flow.ts';
import { call, literal } from '../plan/plan-expr.ts';
import { planCondition, planRuleExpression, type RulePlanning } from './plan-condition.ts';
import { keysOf, planSignals, planSubjects, type Subjects } from './signals.ts';

type Of<K extends CloudSiemRule['kind']> = CloudSiemRule & { kind: K };

const long = (value: number, span: Span): Expr => literal('long', String(Math.trunc(value)), span);

export const inWords = (seconds: number): string => {
  const [unit, size] = (
    [
      ['day', 86_400],
      ['hour', 3600],
      ['minute', 60],
      ['second', 1],
    ] as const
  ).find(([, length]) => seconds % length === 0) ?? ['second', 1];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

/** What a function gives over the records of one entity and group that lie within the window before each record, itself included. */
export const overWindow = (fn: string, value: Expr, subjects: Subjects, seconds: number, span: Span): Expr =>
  call(
    `sumo:within-${fn}`,
    [subjects.flow.time ?? literal('long', null, span), value, long(seconds * 1000, span), ...keysOf(subjects, span)],
    'real',
    span,
  );

/** So many records, or different values of a field, within a window. */
export const planThreshold = (rule: RulePlanning, node: Of<'threshold'>, records: Flow): Flow => {
  const { planning, source } = rule;
  const { flow, tests } = planCondition(rule, node.expression, records);
  const span = source.add(node.expression);
  const kept = filtered(planning, flow, tests, { operator: 'expression', span });
  const subjects = planSubjects(rule, node, kept);
  const what =
    node.countField === null
      ? 'records'
      : node.countDistinct
        ? `different values of ${node.countField.text}`
        : `records with ${node.countField.text}`;
  const limit = source.note(`at least ${node.limit} ${what} within ${inWords(node.windowSeconds)}`, node.place);
  const field = node.countField === null ? null : planRuleExpression(rule, node.countField, subjects.flow);
  const value = field?.expr ?? long(1, span);
  const count = planning.column('in_window', 'real');
  const counted = extended(
    planning,
    subjects.flow,
    [
      {
        column: count,
        expr: overWindow(node.countDistinct ? 'count_distinct' : 'count', value, subjects, node.windowSeconds, limit),
      },
    ],
    null,
  );
  const enough = call('sumo:>=', [reference(count, limit), long(node.limit, limit)], 'bool', limit);
  const over = filtered(planning, counted, [{ expr: enough, span: limit }], { operator: 'limit', span: limit });
  return planSignals(rule, subjects, over, limit, [count]);
};

/** Each expression as often as its limit says within the window; one after the other where the rule is ordered. */
export const planChain = (rule: RulePlanning, node: Of<'chain'>, records: Flow): Flow => {
  const { planning, source } = rule;
  let flow = records;
  const steps = node.expressionsAndLimits.map(({ expression, limit }) => {
    const condition = planCondition(rule, expression, flow);
    flow = condition.flow;
    const span = source.add(expression);
    return {
      limit,
      span,
      expr: call(
        'sumo:and',
        condition.tests.map(({ expr }) => expr),
        'bool',
        span,
      ),
    };
  });
  const whole = source.note(`${node.ordered ? 'in this order ' : ''}within ${inWords(node.windowSeconds)}`, node.place);
  const flags = steps.map(({ expr, span }) => ({
    column: planning.column('', 'long'),
    expr: call('sumo:if', [expr, long(1, span), long(0, span)], 'long', span),
  }));
  const flagged = extended(planning, flow, flags, null);
  const named = {
    ...flagged,
    stage: planning.replace({ ...flagged.stage, output: [...flow.stage.output, ...flags.map(({ column }) => column)] }),
  };
  const any = call(
    'sumo:or',
    flags.map(({ column }, index) => {
      const span = steps[index]?.span ?? whole;
      return call('sumo:=', [reference(column, span), long(1, span)], 'bool', span);
    }),
    'bool',
    whole,
  );
  const relevant = filtered(planning, named, [{ expr: any, span: whole }], null);
  const subjects = planSubjects(rule, node, relevant);
  const at = (index: number) => subjects.flow.stage.output[flow.stage.output.length + index];
  const sums = steps.map(({ span }, index) => {
    const column = at(index);
    const value = column === undefined ? long(0, span) : reference(column, span);
    return { column: planning.column('', 'real'), expr: overWindow('sum', value, subjects, node.windowSeconds, span) };
  });
  const order = planning.column('', 'string');
  const flagTexts = steps.map(({ span }, index) => {
    const column = at(index);
    return call('sumo:text', [column === undefined ? long(0, span) : reference(column, span)], 'string', span);
  });
  const story = call(
    'sumo:within-story',
    [
      subjects.flow.time ?? long(0, whole),
      call('sumo:concat', [...flagTexts, literal('string', ' ', whole)], 'string', whole),
      long(node.windowSeconds * 1000, whole),
      ...keysOf(subjects, whole),
    ],
    'string',
    whole,
  );
  const counted = extended(
    planning,
    subjects.flow,
    [...sums, ...(node.ordered ? [{ column: order, expr: story }] : [])],
    null,
  );
  const tests = steps.map(({ limit, span }, index) => {
    const column = sums[index]?.column;
    const value = column === undefined ? long(0, span) : reference(column, span);
    return { expr: call('sumo:>=', [value, long(limit, span)], 'bool', span), span };
  });
  const limits = literal('string', steps.map(({ limit }) => limit).join(' '), whole);
  const inOrder = { expr: call('sumo:in-order', [reference(order, whole), limits], 'bool', whole), span: whole };
  const complete = filtered(planning, counted, [...tests, ...(node.ordered ? [inOrder] : [])], {
    operator: 'chain',
    span: whole,
  });
  return planSignals(rule, subjects, complete, whole);
};
