import type { Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import type { Computed, ExpandStage, Source } from '../../plan/stage.ts';
import { patternProblem } from '../../sql/functions/sumo-regex.ts';
import { extended, findColumn, reference, type Flow } from '../plan/flow.ts';
import { call, literal, planExpr, withParameters } from '../plan/plan-expr.ts';
import { planField } from '../plan/plan-field.ts';
import type { Planning } from '../plan/planning.ts';
import type { Alias, SumoExpr, SumoStage } from '../syntax/ast.ts';
import { filtered } from './filter.ts';
import { anchorPattern, groupsOf } from './patterns.ts';

type Of<K extends SumoStage['kind']> = SumoStage & { kind: K };

/** What is read where no `field=` says so: the message's text. */
export const textOf = (planning: Planning, field: SumoExpr | null, span: Span, flow: Flow): Expr => {
  if (field !== null) return planExpr(planning, field, flow);
  return planField(planning, '_raw', span, flow);
};

/** Fields that rows without a match keep: with `nodrop` a name that was there before keeps its value. */
export const takenOr = (
  planning: Planning,
  flow: Flow,
  expr: Expr,
  { name, span }: Alias,
  nodrop: boolean,
): Computed => {
  const before = nodrop ? findColumn(flow.stage.output, name, planning.dialect) : undefined;
  const kept = before === undefined ? expr : call('sumo:or-text', [expr, reference(before, span)], 'string', span);
  return { column: planning.column(name, 'string'), expr: kept };
};

interface Parse {
  readonly text: Expr;
  readonly pattern: string;
  /** Group of the pattern for each alias. */
  readonly fields: readonly { readonly group: number; readonly alias: Alias }[];
  readonly nodrop: boolean;
  readonly source: Source;
}

/** Rows that match get the fields; the others go, unless `nodrop` here or in the parse right before keeps them. */
const planParse = (planning: Planning, flow: Flow, { text, pattern, fields, nodrop, source }: Parse): Flow => {
  const { span } = source;
  const problem = patternProblem(pattern);
  if (problem !== null) planning.invalid(span, `This regular expression cannot be read: ${problem}`);
  const expression = literal('string', pattern, span);
  const found = call('sumo:found', [text, expression], 'bool', span);
  const { matched } = flow;
  const keep = matched.length === 0 ? found : call('sumo:or', [...matched, found], 'bool', span);
  const kept = nodrop ? flow : filtered(planning, flow, [{ expr: keep, span }], source);
  const soft = nodrop || matched.length > 0;
  const computed = fields.map(({ group, alias }) => {
    const which = literal('long', String(group), alias.span);
    const all = literal('long', String(groupsOf(pattern).length), alias.span);
    const part = soft
      ? call('sumo:extract', [text, expression, which], 'string', alias.span)
      : call('sumo:group', [text, expression, which, all], 'string', alias.span);
    return takenOr(planning, kept, part, alias, soft);
  });
  const next = extended(planning, kept, computed, nodrop ? source : null);
  return nodrop ? { ...next, matched: [...matched, found] } : next;
};

export const planParseAnchor = (planning: Planning, node: Of<'parse-anchor'>, flow: Flow): Flow => {
  const { span } = node;
  const anchor = anchorPattern(withParameters(planning, node.pattern));
  const names = node.aliases;
  if (anchor === null)
    planning.invalid(span, 'Two wildcards have to be apart: `**` takes nothing.', 'Use `parse regex`.');
  else if (anchor.wildcards === 0) planning.invalid(span, 'An anchor needs a wildcard: `"user=*,"`.');
  else if (anchor.wildcards !== names.length)
    planning.invalid(span, `The pattern has ${anchor.wildcards} wildcards for ${names.length} names.`);
  return planParse(planning, flow, {
    text: textOf(planning, node.field, span, flow),
    pattern: anchor?.pattern ?? '',
    fields: names.map((alias, index) => ({ group: index + 1, alias })),
    nodrop: node.nodrop,
    source: { operator: 'parse', span },
  });
};

export const planParseRegex = (planning: Planning, node: Of<'parse-regex'>, flow: Flow): Flow => {
  const { span } = node;
  const groups = groupsOf(node.pattern);
  const named = groups.flatMap((name, index) => (name === null ? [] : [{ group: index + 1, alias: { name, span } }]));
  if (named.length === 0)
    planning.invalid(
      span,
      'The expression names nothing to take.',
      'Name a group: `(?<field>…)`; `(?:…)` takes nothing.',
    );
  const text = textOf(planning, node.field, span, flow);
  const source = { operator: 'parse regex', span };
  if (node.multi) return planMulti(planning, node, flow, { text, named, source });
  return planParse(planning, flow, { text, pattern: node.pattern, fields: named, nodrop: node.nodrop, source });
};

/** One row per match. */
const planMulti = (
  planning: Planning,
  node: Of<'parse-regex'>,
  flow: Flow,
  { text, named, source }: { readonly text: Expr; readonly named: Parse['fields']; readonly source: Source },
): Flow => {
  const { span } = source;
  const problem = patternProblem(node.pattern);
  if (problem !== null) planning.invalid(span, `This regular expression cannot be read: ${problem}`);
  const all = call(
    node.nodrop ? 'sumo:all-matches-or-none' : 'sumo:all-matches',
    [text, literal('string', node.pattern, span)],
    'dynamic',
    span,
  );
  const match = planning.column('', 'dynamic');
  const stage = planning.add<ExpandStage>({
    kind: 'expand',
    source: null,
    input: flow.stage.id,
    expanded: [{ column: match, expr: all }],
    bagsAsArrays: false,
    index: null,
    limit: null,
    output: flow.stage.output,
  });
  const computed = named.map(({ group, alias }): Computed => {
    const path = literal('string', `[${group - 1}]`, alias.span);
    const expr = call('sumo:json', [reference(match, alias.span), path], 'string', alias.span);
    return takenOr(planning, flow, expr, alias, node.nodrop);
  });
  return extended(planning, { ...flow, stage }, computed, source);
};
