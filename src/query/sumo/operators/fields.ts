import type { Expr } from '../../plan/expr.ts';
import type { Computed, Source } from '../../plan/stage.ts';
import { patternProblem } from '../../sql/functions/sumo-regex.ts';
import { isPath } from '../../values/xml-path.ts';
import { extended, type Auto, type Flow } from '../plan/flow.ts';
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

/** Whether the result shows only fields that the query names. */
const namesFields = (rest: readonly SumoStage[]): boolean =>
  rest.some(({ kind, ...node }) => kind === 'aggregate' || (kind === 'fields' && (node as Of<'fields'>).drop !== true));

/**
 * Which fields there are follows from the data. Where the query names all that it shows, a name that nothing else makes is looked for in
 * the text; else the text is taken apart first.
 */
const planAuto = (
  planning: Planning,
  flow: Flow,
  auto: Auto,
  { rest, bag, source }: { readonly rest: readonly SumoStage[]; readonly bag: Expr; readonly source: Source },
): Flow => {
  const next = { ...extended(planning, flow, [], source), auto };
  if (namesFields(rest)) return next;
  const column = planning.column('', 'dynamic');
  const held = extended(planning, flow, [{ column, expr: bag }], null);
  const input = planning.replace({ ...held.stage, output: flow.stage.output });
  planning.postpone({
    kind: 'unpack',
    input: input.id,
    span: { start: 0, end: source.span.end },
    bag: column,
    replaced: null,
    prefix: '',
    onConflict: 'keep_source',
    ignored: [],
  });
  return next;
};

export const planJson = (planning: Planning, node: Of<'json'>, flow: Flow, rest: readonly SumoStage[]): Flow => {
  const text = textOf(planning, node.field, node.span, flow);
  const source = { operator: 'json', span: node.span };
  if (node.auto && node.paths.length === 0) {
    const bag = call('sumo:json-auto', [text, literal('bool', node.arrays, node.span)], 'dynamic', node.span);
    return planAuto(planning, flow, { fn: 'sumo:json', text }, { rest, bag, source });
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

/** `parse xml "/users/user[2]/@id" as id`. */
export const planXml = (planning: Planning, node: Of<'xml'>, flow: Flow): Flow => {
  const text = textOf(planning, node.field, node.span, flow);
  const computed = node.paths.map(({ from, alias, span }): Computed => {
    if (!isPath(from))
      planning.invalid(
        span,
        `${from} is not of the paths that the operator knows.`,
        'Write the full way down: `/a/b[2]/text()`, `/a/b/@c`.',
      );
    const expr = call('sumo:xpath', [text, literal('string', from, span)], 'string', span);
    return takenOr(planning, flow, expr, alias, node.nodrop);
  });
  return extended(planning, flow, computed, { operator: 'parse xml', span: node.span });
};

export const planKeyvalue = (
  planning: Planning,
  node: Of<'keyvalue'>,
  flow: Flow,
  rest: readonly SumoStage[],
): Flow => {
  const text = textOf(planning, node.field, node.span, flow);
  const { pattern, span } = node;
  if (node.keys.length === 0 && pattern === null) {
    const bag = call('sumo:pairs', [text, literal('string', node.delim ?? '', span)], 'dynamic', span);
    return planAuto(
      planning,
      flow,
      { fn: 'sumo:value-of', text },
      { rest, bag, source: { operator: 'keyvalue', span } },
    );
  }
  if (node.keys.length === 0) planning.unsupported(span, 'keyvalue with a pattern and no keys');
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
