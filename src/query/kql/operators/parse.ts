import type { Column, Expr, Literal } from '../../plan/expr.ts';
import type { Computed, ExtendStage, FilterStage, Stage } from '../../plan/stage.ts';
import { escapePattern } from '../../values/terms.ts';
import { columnsOfType, elementsOf, type Node } from '../kusto.ts';
import { parametersOf, wordOf } from '../parameters.ts';
import { planExpr } from '../plan-expr.ts';
import { nameOf } from '../plan-name.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';

type Kind = 'simple' | 'relaxed' | 'regex';

interface Part {
  readonly kind: 'star' | 'text' | 'column';
  /** The text, or the column's name. */
  readonly content: string;
}

const partOf = (planning: Planning, node: Node): Part => {
  switch (planning.kindOf(node)) {
    case 'StarExpression':
      return { kind: 'star', content: '' };
    case 'NameAndTypeDeclaration':
      return { kind: 'column', content: nameOf(node['Name'] as Node) };
    case 'NameDeclaration':
      return { kind: 'column', content: nameOf(node) };
    default:
      return { kind: 'text', content: String(node.LiteralValue) };
  }
};

const integer = String.raw`\s*[+-]?\d+\s*`;
const real = String.raw`\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*`;

/** What a column takes: anything, as little as possible; a number only digits, unless its type may be missed. */
const capture = (type: Column['type'], kind: Kind, isLast: boolean): string => {
  if (kind !== 'relaxed' && (type === 'long' || type === 'int')) return `(${integer})`;
  if (kind !== 'relaxed' && (type === 'real' || type === 'decimal')) return `(${real})`;
  const anything = kind === 'regex' || isLast ? '.*' : '.*?';
  // A number that may be missed is taken where there is one.
  if (type === 'long' || type === 'int') return `(${integer}|${anything})`;
  return type === 'real' || type === 'decimal' ? `(${real}|${anything})` : `(${anything})`;
};

/** The groups that a pattern of the query's own captures must not be counted. */
const withoutGroups = (pattern: string): string =>
  pattern.replaceAll(/(\\.)|\((?!\?)/gs, (_, escape?: string) => escape ?? '(?:');

/** RE2 knows the flags; an ungreedy pattern captures as little as possible. */
const flagsOf = (kind: Kind, flags: string | undefined): string => {
  const given = [...new Set(flags ?? '')].filter((flag) => 'imsU'.includes(flag)).join('');
  const all = kind === 'regex' ? given : `s${given.replace('s', '')}`;
  return all === '' ? '' : `(?${all})`;
};

const patternOf = (
  parts: readonly Part[],
  types: ReadonlyMap<string, Column['type']>,
  kind: Kind,
  flags: string | undefined,
): string => {
  const body = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    if (part.kind === 'star') return kind === 'regex' || isLast ? '.*' : '.*?';
    if (part.kind === 'column') return capture(types.get(part.content) ?? 'string', kind, isLast);
    return kind === 'regex' ? withoutGroups(part.content) : escapePattern(part.content);
  });
  return `${flagsOf(kind, flags)}^${body.join('')}`;
};

/** `parse x with "a=" a:long *` as a regular expression and what its groups give; `parse-where` keeps what matches. */
export const planParse = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const span = spanOf(node, scope);
  const parameters = parametersOf(node['Parameters']);
  const kind = (wordOf(parameters, 'kind') ?? 'simple') as Kind;
  const parts = elementsOf(node['Patterns']).map((item) => partOf(planning, item));
  const names = parts.filter((part) => part.kind === 'column').map(({ content }) => content);
  const bound = columnsOfType(node.ResultType) ?? [];
  const types = new Map(names.map((name) => [name, bound.find((column) => column.name === name)?.type ?? 'string']));
  const text = planExpr(planning, node['Expression'] as Node, scope);
  const literal = (type: Literal['type'], value: string): Literal => ({ kind: 'literal', type, value, span });
  const pattern = literal('string', patternOf(parts, types, kind, wordOf(parameters, 'flags')));
  const groups = names.map((name, index): Expr => ({
    kind: 'call',
    fn: 'extract',
    args: [pattern, literal('long', String(index + 1)), text],
    type: types.get(name) ?? 'string',
    span,
  }));
  // Where the types must hold, a value that is none of its type spoils the whole row.
  const typed = kind === 'relaxed' ? [] : groups.filter(({ type }) => type !== 'string');
  const matches: Expr = { kind: 'call', fn: 'matches regex', args: [text, pattern], type: 'bool', span };
  const holds = typed.map((expr): Expr => ({ kind: 'call', fn: 'isnotnull', args: [expr], type: 'bool', span }));
  const all: Expr =
    holds.length === 0 ? matches : { kind: 'call', fn: 'and', args: [matches, ...holds], type: 'bool', span };
  const isFilter = planning.kindOf(node) === 'ParseWhereOperator';
  const guarded = (expr: Expr): Expr =>
    isFilter || typed.length === 0
      ? expr
      : {
          kind: 'call',
          fn: 'iff',
          args: [all, expr, { kind: 'literal', type: expr.type, value: null, span }],
          type: expr.type,
          span,
        };
  const from = isFilter ? filtered(planning, input, all) : input;
  const computed = names.map((name, index): Computed => {
    const expr = groups[index] ?? matches;
    return { column: planning.column(name, expr.type), expr: guarded(expr) };
  });
  const byName = new Map(computed.map(({ column }) => [column.name, column]));
  return planning.add<ExtendStage>({
    kind: 'extend',
    source: { operator: isFilter ? 'parse-where' : 'parse', span },
    input: from.id,
    computed,
    output: bound.flatMap(({ name }) => byName.get(name) ?? input.output.find((column) => column.name === name) ?? []),
  });
};

const filtered = (planning: Planning, input: Stage, expr: Expr): Stage => {
  const stage = planning.add<FilterStage>({
    kind: 'filter',
    source: null,
    input: input.id,
    conjuncts: [],
    output: input.output,
  });
  return planning.replace({ ...stage, conjuncts: [{ id: `${stage.id}/1`, expr, span: expr.span }] });
};

const conversions: Readonly<Record<string, string>> = {
  long: 'tolong',
  int: 'toint',
  real: 'toreal',
  bool: 'tobool',
  datetime: 'todatetime',
  timespan: 'totimespan',
  guid: 'toguid',
  decimal: 'todecimal',
  dynamic: 'todynamic',
};

/** `parse-kv x as (a:long) with (pair_delimiter=';', kv_delimiter='=')`. */
export const planParseKv = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const span = spanOf(node, scope);
  const options = parametersOf((node['WithClause'] as Node | null)?.['Properties']);
  const text = planExpr(planning, node['Expression'] as Node, scope);
  const literal = (value: string): Literal => ({ kind: 'literal', type: 'string', value, span });
  const pairs: Expr = {
    kind: 'call',
    fn: 'parse_kv',
    args: [
      text,
      ...['pair_delimiter', 'kv_delimiter', 'quote', 'escape', 'regex', 'greedy'].map((name) =>
        literal(wordOf(options, name) ?? ''),
      ),
    ],
    type: 'dynamic',
    span,
  };
  const bound = columnsOfType(node.ResultType) ?? [];
  const computed = elementsOf((node['Keys'] as Node)['Columns']).map((key): Computed => {
    const name = nameOf(key['Name'] as Node);
    const type = bound.find((column) => column.name === name)?.type ?? 'string';
    const value: Expr = { kind: 'call', fn: 'element', args: [pairs, literal(name)], type: 'dynamic', span };
    const asText: Expr = { kind: 'call', fn: 'tostring', args: [value], type: 'string', span };
    const expr: Expr =
      type === 'string' ? asText : { kind: 'call', fn: conversions[type] ?? 'tostring', args: [asText], type, span };
    return { column: planning.column(name, type), expr };
  });
  const byName = new Map(computed.map(({ column }) => [column.name, column]));
  return planning.add<ExtendStage>({
    kind: 'extend',
    source: { operator: 'parse-kv', span },
    input: input.id,
    computed,
    output: bound.flatMap(({ name }) => byName.get(name) ?? input.output.find((column) => column.name === name) ?? []),
  });
};
