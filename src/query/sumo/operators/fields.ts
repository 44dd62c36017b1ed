import type { Expr } from '../../plan/expr.ts';
import type { Computed, Source } from '../../plan/stage.ts';
import { patternProblem } from '../../sql/functions/sumo-regex.ts';
import { extended, type Flow } from '../plan/flow.ts';
import { call, literal } from '../plan/plan-expr.ts';
import type { Planning } from '../plan/planning.ts';
import type { SumoStage } from '../syntax/ast.ts';
import { takenOr, textOf } from './extract.ts';
import { filtered } from './filter.ts';

type Of<K extends SumoStage['kind']> = SumoStage & { kind: K };

/** Rows have to hold every one of the fields, unless `nodrop`. */
const take = (
  planning: Planning,
  flow: Flow,
  parts: readonly { readonly expr: Expr; readonly computed: Computed }[],
  nodrop: boolean,
  source: Source,
): Flow => {
  const next = extended(
    planning,
    flow,
    parts.map(({ computed }) => computed),
    source,
  );
  if (nodrop || parts.length === 0) return next;
  const tests = parts.map(({ computed: { column }, expr }) => {
    const value: Expr = { kind: 'column', id: column.id, type: column.type, span: expr.span };
    const missing = call('sumo:isnull', [value], 'bool', expr.span);
    return { expr: call('sumo:not', [missing], 'bool', expr.span), span: expr.span };
  });
  return filtered(planning, next, tests, null);
};

export const planJson = (planning: Planning, node: Of<'json'>, flow: Flow): Flow => {
  const text = textOf(planning, node.field, node.span, flow);
  const source = { operator: 'json', span: node.span };
  if (node.auto && node.paths.length === 0) {
    // Which fields there are follows from the data: a name that nothing else makes is looked for in the text.
    return { ...extended(planning, flow, [], source), auto: text };
  }
  const parts = node.paths.map(({ from, alias, span }) => {
    const expr = call('sumo:json', [text, literal('string', from, span)], 'string', span);
    return { expr, computed: takenOr(planning, flow, expr, alias, node.nodrop) };
  });
  return take(planning, flow, parts, node.nodrop, source);
};

export const planDelimited = (planning: Planning, node: Of<'csv' | 'split'>, flow: Flow): Flow => {
  const text = textOf(planning, node.field, node.span, flow);
  const { delim, quote, escape } = node.options;
  const computed = node.items
    .filter(({ alias }) => alias.name !== '_')
    .map(({ from, alias, span }): Computed => {
      const options = [delim, quote, escape].map((value) => literal('string', value, span));
      const expr = call('sumo:field-at', [text, literal('long', from, span), ...options], 'string', span);
      return takenOr(planning, flow, expr, alias, node.nodrop);
    });
  return extended(planning, flow, computed, { operator: node.kind, span: node.span });
};

export const planKeyvalue = (planning: Planning, node: Of<'keyvalue'>, flow: Flow): Flow => {
  const text = textOf(planning, node.field, node.span, flow);
  const { pattern, span } = node;
  if (node.keys.length === 0) planning.unsupported(span, 'keyvalue without keys');
  const problem = pattern === null ? null : patternProblem(pattern);
  if (problem !== null) planning.invalid(span, `This regular expression cannot be read: ${problem}`);
  const parts = node.keys.map((key) => {
    const wanted = literal('string', key.from, key.span);
    const expr =
      pattern === null
        ? call('sumo:value-of', [text, wanted], 'string', key.span)
        : call('sumo:value-by-pattern', [text, wanted, literal('string', pattern, span)], 'string', key.span);
    return { expr, computed: takenOr(planning, flow, expr, key.alias, node.nodrop) };
  });
  return take(planning, flow, parts, node.nodrop, { operator: 'keyvalue', span });
};
