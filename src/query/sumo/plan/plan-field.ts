import type { Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import { suggest } from '../../kql/suggest.ts';
import { findColumn, reference, type Flow } from './flow.ts';
import { call, literal, nullText } from './plan-expr.ts';
import type { Planning } from './planning.ts';

/** A table's own types as Sumo's fields hold them: times are milliseconds, lists and maps are their JSON. */
const asField = (expr: Expr, span: Span): Expr => {
  switch (expr.type) {
    case 'datetime':
      return call('sumo:millis', [expr], 'long', span);
    case 'string':
    case 'long':
    case 'real':
    case 'bool':
      return expr;
    case 'int':
      return call('sumo:long', [expr], 'long', span);
    case 'decimal':
    case 'timespan':
      return call('sumo:number', [expr], 'real', span);
    default:
      return call('sumo:text', [expr], 'string', span);
  }
};

/** A field by its name. In messages that may hold anything an unknown one is null, and said to be; in a table it is a mistake. */
export const planField = (planning: Planning, name: string, span: Span, flow: Flow): Expr => {
  const column = findColumn(flow.stage.output, name, planning.dialect);
  if (column !== undefined) return asField(reference(column, span), span);
  if ((name === '_messagetime' || name === '_receipttime') && flow.time !== null) return flow.time;
  if (flow.auto !== null) return call(flow.auto.fn, [flow.auto.text, literal('string', name, span)], 'string', span);
  // Behind what only the data can say, names are a sketch: they are looked at again once the data has been.
  if (planning.pending !== null) return nullText(span);
  const found = suggest(
    name,
    flow.stage.output.map((known) => known.name),
  );
  planning.report({
    code: 'sumo/unknown-field',
    span,
    message: flow.open
      ? `No operator before makes the field ${name}, and the messages are not known to have it: it counts as null.`
      : `There is no field ${name} here.`,
    ...(flow.open ? { severity: 'warning' as const } : {}),
    ...(found === null ? {} : { hint: `Did you mean ${found}?` }),
  });
  return nullText(span);
};
