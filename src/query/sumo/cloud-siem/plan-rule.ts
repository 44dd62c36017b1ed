import type { CloudSiemRule } from '../../../model/cloud-siem-rule.ts';
import { assertNever } from '../../../model/assert-never.ts';
import { filtered } from '../operators/filter.ts';
import type { Flow } from '../plan/flow.ts';
import { planChain, planThreshold } from './counting.ts';
import { planFirstSeen, planOutlierRule } from './learning.ts';
import { planAggregation } from './aggregation.ts';
import { planCondition, type RulePlanning } from './plan-condition.ts';
import { planSignals, planSubjects } from './signals.ts';

/** The signals that a rule makes of records. */
export const planRule = (rule: RulePlanning, node: CloudSiemRule, records: Flow): Flow => {
  switch (node.kind) {
    case 'match': {
      const { flow, tests } = planCondition(rule, node.expression, records);
      const span = rule.source.add(node.expression);
      const kept = filtered(rule.planning, flow, tests, { operator: 'expression', span });
      const subjects = planSubjects(rule, node, kept);
      return planSignals(rule, subjects, subjects.flow, span);
    }
    case 'threshold':
      return planThreshold(rule, node, records);
    case 'chain':
      return planChain(rule, node, records);
    case 'aggregation':
      return planAggregation(rule, node, records);
    case 'first-seen':
      return planFirstSeen(rule, node, records);
    case 'outlier':
      return planOutlierRule(rule, node, records);
    default:
      return assertNever(node);
  }
};
