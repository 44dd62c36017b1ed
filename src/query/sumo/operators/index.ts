import { assertNever } from '../../../model/assert-never.ts';
import type { Flow } from '../plan/flow.ts';
import type { Planning } from '../plan/planning.ts';
import type { SumoStage } from '../syntax/ast.ts';
import { planAggregate } from './aggregate.ts';
import { planTopk, planWindowed } from './windowed.ts';
import { dropInvalid } from './drop-invalid.ts';
import { planExpression } from './expression.ts';
import { planParseAnchor, planParseRegex } from './extract.ts';
import { planDelimited, planJson, planKeyvalue } from './fields.ts';
import { planWhere } from './filter.ts';
import { planDedup, planFields, planLimit, planSort, planTimeslice, planTop, planWithtime } from './rows.ts';

/** What an operator does with the rows that it is given. */
export const planStage = (planning: Planning, node: SumoStage, given: Flow): Flow => {
  const flow = dropInvalid(planning, node, given);
  switch (node.kind) {
    case 'where':
      return planWhere(planning, node, flow);
    case 'expression':
      return planExpression(planning, node, flow);
    case 'aggregate':
      return planAggregate(planning, node, flow);
    case 'timeslice':
      return planTimeslice(planning, node, flow);
    case 'sort':
      return planSort(planning, node, flow);
    case 'limit':
      return planLimit(planning, node, flow);
    case 'top':
      return planTop(planning, node, flow);
    case 'dedup':
      return planDedup(planning, node, flow);
    case 'fields':
      return planFields(planning, node, flow);
    case 'windowed':
      return planWindowed(planning, node, flow);
    case 'topk':
      return planTopk(planning, node, flow);
    case 'withtime':
      return planWithtime(planning, node, flow);
    case 'parse-anchor':
      return planParseAnchor(planning, node, flow);
    case 'parse-regex':
      return planParseRegex(planning, node, flow);
    case 'json':
      return planJson(planning, node, flow);
    case 'csv':
    case 'split':
      return planDelimited(planning, node, flow);
    case 'keyvalue':
      return planKeyvalue(planning, node, flow);
    case 'other':
      planning.unsupported(node.span, `the operator ${node.operator}`);
      return flow;
    default:
      return assertNever(node);
  }
};
