import { walkExpr } from '../plan/expr.ts';
import type { Plan } from '../plan/plan.ts';
import type { Span } from '../plan/span.ts';
import { aggregateOf } from './functions/aggregates.ts';
import { functionOf } from './functions/index.ts';
import { expressionsOf } from '../plan/needed-columns.ts';

const carrying: ReadonlySet<string> = new Set(['arg_max', 'arg_min', 'take_any']);

/** Calls in a plan for which there is no SQL, each with its place: a plan with any of them is refused before it runs. */
export const unknownFunctions = (plan: Plan): readonly { readonly span: Span; readonly construct: string }[] =>
  plan.stages.flatMap((stage) => {
    const found: { span: Span; construct: string }[] = [];
    for (const expr of expressionsOf(stage)) {
      walkExpr(expr, (inner) => {
        if (inner.kind !== 'call') return;
        const fn = functionOf(inner.fn);
        const refusal = fn === undefined ? `the function ${inner.fn}` : (fn.refuse?.(inner) ?? null);
        if (refusal !== null) found.push({ span: inner.span, construct: refusal });
      });
    }
    const aggregates = stage.kind === 'aggregate' ? stage.aggregates : [];
    for (const { fn, span } of aggregates) {
      if (aggregateOf(fn) === undefined && !carrying.has(fn)) found.push({ span, construct: `the aggregate ${fn}` });
    }
    return found;
  });
