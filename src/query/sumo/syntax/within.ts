import type { SumoExpr } from './ast.ts';
import { between } from './token-text.ts';

/** `x between a and b` is `x >= a and x <= b`. */
export const within = (value: SumoExpr, low: SumoExpr, high: SumoExpr, negated: boolean): SumoExpr => {
  const span = between(value.span, high.span);
  const both: SumoExpr = {
    kind: 'binary',
    operator: 'and',
    left: { kind: 'binary', operator: '>=', left: value, right: low, span },
    right: { kind: 'binary', operator: '<=', left: value, right: high, span },
    span,
  };
  return negated ? { kind: 'not', operand: both, span } : both;
};
