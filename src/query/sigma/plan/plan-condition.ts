import type { Call, Expr, Literal } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import type { ConditionNode } from '../condition/condition.ts';
import { createCompiled } from '../interpret/compiled.ts';
import { matchValue } from '../interpret/match-value.ts';
import type { DetectionItem, SearchNode, SigmaRule } from '../rule/rule.ts';
import type { Matcher } from '../values/matcher.ts';
import type { Fields } from './fields.ts';

export interface Condition {
  readonly expr: Expr;
  readonly span: Span;
}

/** A rule's condition as conjuncts, each where it stands in the text: `and` is taken apart down to the items. */
export const planCondition = (rule: SigmaRule, fields: Fields): readonly Condition[] => {
  const compiled = createCompiled();
  const selections = new Map(rule.selections.map((selection) => [selection.name, selection]));

  const literal = (value: boolean, span: Span): Literal => ({ kind: 'literal', type: 'bool', value, span });
  const call = (fn: string, args: readonly Expr[], span: Span): Call => ({
    kind: 'call',
    fn,
    args,
    type: 'bool',
    span,
  });
  const join = (kind: 'and' | 'or', args: readonly Expr[], span: Span): Expr => {
    const [only] = args;
    if (only === undefined) return literal(kind === 'and', span);
    return args.length === 1 ? only : call(kind, args, span);
  };

  const matcherExpr = (field: string, matcher: Matcher, span: Span): Expr => {
    if (matcher.kind === 'any')
      return join(
        'or',
        matcher.of.map((one) => matcherExpr(field, one, span)),
        span,
      );
    const column = fields.column(field, span);
    // What the table has no column for is absent in every row.
    if (column === null) return literal(matchValue(matcher, undefined, {}, compiled), span);
    const wanted: Literal = { kind: 'literal', type: 'string', value: JSON.stringify(matcher), span };
    if (matcher.kind !== 'fieldref') return call('sigma_matches', [column, wanted], span);
    const other = fields.column(matcher.field, span);
    return other === null ? literal(false, span) : call('sigma_matches', [column, wanted, other], span);
  };
  const itemExpr = (item: DetectionItem): Expr => {
    const span = fields.span(item.place);
    const names = item.field === null ? fields.names : [item.field];
    const parts = item.matchers.map((matcher) =>
      join(
        'or',
        names.map((name) => matcherExpr(name, matcher, span)),
        span,
      ),
    );
    const expr = join(item.all ? 'and' : 'or', parts, span);
    return item.negated ? call('not', [expr], span) : expr;
  };
  const searchExpr = (node: SearchNode, span: Span): Expr =>
    node.kind === 'item'
      ? itemExpr(node.item)
      : join(
          node.kind,
          node.of.map((one) => searchExpr(one, span)),
          span,
        );
  const conditionExpr = (node: ConditionNode): Expr => {
    if (node.kind === 'selection') {
      const selection = selections.get(node.name);
      const span = fields.span(selection?.place ?? rule.place);
      return selection === undefined ? literal(false, span) : searchExpr(selection.search, span);
    }
    const span = fields.textSpan(node.text);
    return node.kind === 'not'
      ? call('not', [conditionExpr(node.of)], span)
      : join(node.kind, node.of.map(conditionExpr), span);
  };

  const searchConjuncts = (node: SearchNode, span: Span): readonly Condition[] => {
    if (node.kind === 'item') return [{ expr: itemExpr(node.item), span: fields.span(node.item.place) }];
    if (node.kind === 'and') return node.of.flatMap((one) => searchConjuncts(one, span));
    return [{ expr: searchExpr(node, span), span }];
  };
  const conjuncts = (node: ConditionNode): readonly Condition[] => {
    if (node.kind === 'and') return node.of.flatMap(conjuncts);
    const selection = node.kind === 'selection' ? selections.get(node.name) : undefined;
    if (selection !== undefined) return searchConjuncts(selection.search, fields.span(selection.place));
    const expr = conditionExpr(node);
    return [{ expr, span: expr.span }];
  };
  return conjuncts(rule.condition);
};
