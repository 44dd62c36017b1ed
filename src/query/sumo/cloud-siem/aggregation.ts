import type { AggregationFunction, CloudSiemRule, RuleText } from '../../../model/cloud-siem-rule.ts';
import type { Column, Expr } from '../../plan/expr.ts';
import { filtered } from '../operators/filter.ts';
import { extended, type Flow } from '../plan/flow.ts';
import { literal } from '../plan/plan-expr.ts';
import { inWords, overWindow } from './counting.ts';
import { planCondition, planRuleExpression, type RulePlanning } from './plan-condition.ts';
import { planSignals, planSubjects } from './signals.ts';

type Node = CloudSiemRule & { kind: 'aggregation' };

const known = ['avg', 'count', 'count_distinct', 'max', 'min', 'stddev', 'sum'];

/** The function's name as the tables have it, and the value that it looks at; null for one that is refused. */
export const planFunction = (
  rule: RulePlanning,
  { function: name, arguments: args }: AggregationFunction,
  flow: Flow,
  at: RuleText,
): { readonly fn: string; readonly value: Expr } | null => {
  const fn = name.toLowerCase();
  const [first] = args;
  const span = rule.source.add(first ?? at);
  if (!known.includes(fn)) {
    rule.planning.unsupported(span, `the function ${name} of an aggregation rule`);
    return null;
  }
  const planned = first === undefined ? null : planRuleExpression(rule, first, flow);
  if (planned === null && fn !== 'count') {
    rule.planning.invalid(span, `${name} needs a field.`);
    return null;
  }
  return { fn, value: planned?.expr ?? literal('long', '1', span) };
};

/** Functions over the records of a window, and a condition over what they give. */
export const planAggregation = (rule: RulePlanning, node: Node, records: Flow): Flow => {
  const { planning, source } = rule;
  const { flow, tests } = planCondition(rule, node.matchExpression, records);
  const match = source.add(node.matchExpression);
  const kept = filtered(planning, flow, tests, { operator: 'match_expression', span: match });
  const subjects = planSubjects(rule, node, kept);
  const window = source.note(`within ${inWords(node.windowSeconds)}`, node.place);
  // Without the entity as a group, all records of a group count together.
  const together = node.groupByEntity ? subjects : { ...subjects, entity: subjects.type };
  const computed = node.aggregationFunctions.flatMap((fn): { readonly column: Column; readonly expr: Expr }[] => {
    const planned = planFunction(rule, fn, subjects.flow, node.triggerExpression);
    if (planned === null) return [];
    const expr = overWindow(planned.fn, planned.value, together, node.windowSeconds, window);
    return [{ column: planning.column(fn.name, 'real'), expr }];
  });
  const calculated = extended(planning, subjects.flow, computed, { operator: 'aggregation_functions', span: window });
  const trigger = source.add(node.triggerExpression);
  const condition = planCondition(rule, node.triggerExpression, calculated);
  const over = filtered(planning, condition.flow, condition.tests, { operator: 'trigger_expression', span: trigger });
  return planSignals(
    rule,
    subjects,
    over,
    trigger,
    computed.map(({ column }) => column),
  );
};
