import { assertNever } from '../../../model/assert-never.ts';
import type { Flow } from '../plan/flow.ts';
import type { Planning } from '../plan/planning.ts';
import type { SumoStage } from '../syntax/ast.ts';
import { planAggregate } from './aggregate.ts';
import { planTopk, planWindowed } from './windowed.ts';
import { dropInvalid } from './drop-invalid.ts';
import { planExpression } from './expression.ts';
import { planParseAnchor, planParseRegex } from './extract.ts';
import { planDelimited, planJson, planKeyvalue, planXml } from './fields.ts';
import { planFillmissing } from './fillmissing.ts';
import { planWhere } from './filter.ts';
import { planJoin } from './join.ts';
import { planLookup } from './lookup.ts';
import { planOutlier, planPredict } from './outlier.ts';
import { planDedup, planFields, planLimit, planSort, planTimeslice, planTop, planWithtime } from './rows.ts';
import { planTranspose } from './transpose.ts';

/** What an operator does with the rows that it is given; `rest` is what comes behind it. */
export const planStage = (planning: Planning, node: SumoStage, given: Flow, rest: readonly SumoStage[]): Flow => {
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
      return planJson(planning, node, flow, rest);
    case 'csv':
    case 'split':
      return planDelimited(planning, node, flow);
    case 'keyvalue':
      return planKeyvalue(planning, node, flow, rest);
    case 'parse-several':
      return node.parts.reduce(
        (current, part) => planStage(planning, { ...part, span: node.span }, current, rest),
        flow,
      );
    case 'xml':
      return planXml(planning, node, flow);
    case 'transpose':
      return planTranspose(planning, node, flow);
    case 'fillmissing':
      return planFillmissing(planning, node, flow);
    case 'outlier':
      return planOutlier(planning, node, flow);
    case 'predict':
      return planPredict(planning, node, flow);
    case 'lookup':
      return planLookup(planning, node, flow);
    case 'join':
      return planJoin(planning, node, flow);
    case 'compare':
      planning.unsupported(node.span, 'compare inside a join');
      return flow;
    case 'other':
      planning.unsupported(node.span, `the operator ${node.operator}`);
      return flow;
    default:
      return assertNever(node);
  }
};
