import type { RuleText } from '../../../model/cloud-siem-rule.ts';
import type { Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import { partsOf } from '../operators/drop-invalid.ts';
import { conjunctNodes } from '../operators/filter.ts';
import { planStage } from '../operators/index.ts';
import type { Flow } from '../plan/flow.ts';
import { literal, planExpr } from '../plan/plan-expr.ts';
import type { Planning } from '../plan/planning.ts';
import type { SumoExpr } from '../syntax/ast.ts';
import { parseExpression, parseSumo } from '../syntax/parse-sumo.ts';
import type { RuleSource } from './rule-source.ts';

/** A rule as it is planned. */
export interface RulePlanning {
  readonly planning: Planning;
  readonly source: RuleSource;
  /** Attributes that are null in every record here. */
  readonly unfilled: ReadonlySet<string>;
}

/** One thing that a record must meet. */
export interface Test {
  readonly expr: Expr;
  readonly span: Span;
}

/** Fields that an expression names and no record here has. */
const reportUnfilled = ({ planning, unfilled }: RulePlanning, node: SumoExpr): void => {
  if (node.kind === 'field' && unfilled.has(node.name.toLowerCase()))
    planning.report({
      code: 'cloud-siem/unfilled-field',
      severity: 'warning',
      span: node.span,
      message: `No record here has ${node.name}: no mapping of the lab's products fills it.`,
    });
  for (const part of partsOf(node)) reportUnfilled({ planning, unfilled } as RulePlanning, part);
};

/** An expression of a rule; null where it cannot be read. */
export const planRuleExpression = (
  rule: RulePlanning,
  text: RuleText,
  flow: Flow,
): { readonly expr: Expr; readonly node: SumoExpr; readonly span: Span } | null => {
  const { planning, source } = rule;
  const span = source.add(text);
  const { expression, problems } = parseExpression(text.text, span.start);
  for (const problem of problems) planning.report(problem);
  if (expression === null) return null;
  reportUnfilled(rule, expression);
  return { expr: planExpr(planning, expression, flow), node: expression, span };
};

/** `json field=fields "a" as b | where …`: the form in which fields of the raw message come first. */
const isPipeline = (text: string): boolean => /^\s*(?:\||json\b|where\b)/i.test(text);

/** What a rule's condition asks of a record, part by part, and the records with what it computed on the way. */
export const planCondition = (
  rule: RulePlanning,
  text: RuleText,
  flow: Flow,
): { readonly flow: Flow; readonly tests: readonly Test[] } => {
  const { planning, source } = rule;
  if (!isPipeline(text.text)) {
    const planned = planRuleExpression(rule, text, flow);
    if (planned === null)
      return { flow, tests: [{ expr: literal('bool', false, source.add(text)), span: source.add(text) }] };
    const tests = conjunctNodes(planned.node).map((node) => ({
      expr: planExpr(planning, node, flow),
      span: node.span,
    }));
    return { flow, tests };
  }
  const span = source.add(text);
  const bar = text.text.trimStart().startsWith('|');
  // A line end stands before every expression: there is room for the bar that the form may leave out.
  const { query, problems } = parseSumo(bar ? text.text : `|${text.text}`, bar ? span.start : span.start - 1);
  for (const problem of problems) planning.report(problem);
  const wheres = query.stages.flatMap((stage) => (stage.kind === 'where' ? [stage.condition] : []));
  let current = flow;
  for (const stage of query.stages) {
    if (stage.kind === 'json') current = planStage(planning, { ...stage, nodrop: true }, current, []);
    else if (stage.kind !== 'where') planning.unsupported(stage.span, `${stage.kind} in a rule's expression`);
  }
  const tests = wheres.flatMap(conjunctNodes).map((node) => {
    reportUnfilled(rule, node);
    return { expr: planExpr(planning, node, current), span: node.span };
  });
  return { flow: current, tests };
};
