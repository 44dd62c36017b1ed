import type { Column, Expr, Literal } from '../../plan/expr.ts';
import type { Pending, UnpackPending } from '../../plan/pending.ts';
import type {
  Aggregate,
  Computed,
  ExtendStage,
  FilterStage,
  JoinStage,
  ProjectStage,
  Stage,
  ValuesStage,
} from '../../plan/stage.ts';
import { columnsOfType, type Node } from '../kusto.ts';
import { argumentsOf } from '../plan-call.ts';
import { planExpr } from '../plan-expr.ts';
import { nameOf } from '../plan-name.ts';
import { planTable, refuseTable } from '../plan-table.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { isSerialized, restoreOrder } from '../windows.ts';
import { planCount } from './count.ts';
import { planAggregates } from './aggregate-call.ts';
import { referenceTo } from './project-columns.ts';
import { planActivity, planIntersections, planNarrow, planRollingPercentile, planSchemaMerge } from './table-plugin.ts';

type PlanPlugin = (planning: Planning, node: Node, scope: Scope, input: Stage) => Stage;

const callOf = (node: Node): Node => node['FunctionCall'] as Node;

/** A plugin's arguments by position, and those given by name. */
const splitArguments = (
  planning: Planning,
  node: Node,
): { readonly positional: readonly Node[]; readonly named: ReadonlyMap<string, Node> } => {
  const all = argumentsOf(callOf(node));
  const isNamed = (argument: Node): boolean => planning.kindOf(argument) === 'SimpleNamedExpression';
  return {
    positional: all.filter((argument) => !isNamed(argument)),
    named: new Map(
      all.filter(isNamed).map((argument) => [nameOf(argument['Name'] as Node), argument['Expression'] as Node]),
    ),
  };
};

const textOf = (planning: Planning, node: Node | undefined, scope: Scope): string | null => {
  const value = node === undefined ? null : planExpr(planning, node, { ...scope, row: [] });
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : null;
};

/** Stands for a table that data will tell; the source text up to here is run first. */
const suspend = (planning: Planning, node: Node, scope: Scope, pending: Pending): Stage => {
  if (scope.within.length > 0) return refuseTable(planning, node, scope, 'a plugin inside a subquery');
  planning.pending ??= pending;
  return planning.add<ValuesStage>({
    kind: 'values',
    source: { operator: 'evaluate', span: spanOf(node, scope) },
    rows: [],
    output: (columnsOfType(node.ResultType) ?? []).map(({ name, type }) => planning.column(name, type)),
  });
};

/** From the beginning of the piped source to the end of the operator. */
const pipedSpan = (node: Node, scope: Scope): Pending['span'] => {
  const pipe = (node as unknown as { readonly Parent: Node }).Parent;
  return spanOf(pipe, scope);
};

const unpack: PlanPlugin = (planning, node, scope, input) => {
  const { positional, named } = splitArguments(planning, node);
  const [bagNode, prefixNode, conflictNode, ignoredNode] = positional;
  if (bagNode === undefined) return refuseTable(planning, node, scope, 'bag_unpack without a column');
  const expr = planExpr(planning, bagNode, scope);
  const bag = planning.column('', 'dynamic');
  const computed = planning.add<ExtendStage>({
    kind: 'extend',
    source: null,
    input: input.id,
    computed: [{ column: bag, expr }],
    output: input.output,
  });
  const ignored = planExprText(planning, named.get('ignoredProperties') ?? ignoredNode, scope);
  const pending: UnpackPending = {
    kind: 'unpack',
    input: computed.id,
    span: pipedSpan(node, scope),
    bag,
    replaced: expr.kind === 'column' ? expr.id : null,
    prefix: textOf(planning, named.get('OutputColumnPrefix') ?? prefixNode, scope) ?? '',
    onConflict: (textOf(planning, named.get('columnsConflict') ?? conflictNode, scope) ??
      'error') as UnpackPending['onConflict'],
    ignored,
  };
  const schema = node['Schema'] as Node | null;
  return schema === null ? suspend(planning, node, scope, pending) : unpackAs(planning, node, scope, computed, pending);
};

const planExprText = (planning: Planning, node: Node | undefined, scope: Scope): readonly string[] => {
  const text = textOf(planning, node, scope);
  const list = text === null ? [] : (JSON.parse(text) as unknown);
  return Array.isArray(list) ? list.map(String) : [];
};

/** Where the query says which columns there are, nothing is left to the data. */
const unpackAs = (
  planning: Planning,
  node: Node,
  scope: Scope,
  input: Stage,
  { bag, prefix, replaced }: UnpackPending,
): Stage => {
  const span = spanOf(node, scope);
  const computed = (columnsOfType(node.ResultType) ?? []).map(({ name, type }): Computed => {
    const source = input.output.find((column) => column.name === name && column.id !== replaced);
    if (source !== undefined) return { column: source, expr: referenceTo(source, node, scope) };
    const key: Literal = { kind: 'literal', type: 'string', value: name.slice(prefix.length), span };
    const value: Expr = {
      kind: 'call',
      fn: 'element',
      args: [referenceTo(bag, node, scope), key],
      type: 'dynamic',
      span,
    };
    const conversion =
      type === 'dynamic' ? value : ({ kind: 'call', fn: `to${type}`, args: [value], type, span } as const);
    return { column: planning.column(name, type), expr: conversion };
  });
  return planning.add<ProjectStage>({
    kind: 'project',
    source: { operator: 'evaluate', span },
    input: input.id,
    computed,
    output: computed.map(({ column }) => column),
  });
};

const pivot: PlanPlugin = (planning, node, scope, input) => {
  const [byNode, aggregateNode, ...keyNodes] = argumentsOf(callOf(node));
  if (byNode === undefined) return refuseTable(planning, node, scope, 'pivot without a column');
  const span = spanOf(node, scope);
  const expr = planExpr(planning, byNode, scope);
  const by = planning.column('', expr.type);
  const computed = planning.add<ExtendStage>({
    kind: 'extend',
    source: null,
    input: input.id,
    computed: [{ column: by, expr }],
    output: input.output,
  });
  const aggregates: Aggregate[] = [];
  if (aggregateNode !== undefined)
    planAggregates(planning, aggregateNode, [{ name: '', type: 'long' }], scope, aggregates);
  const aggregate: Aggregate = aggregates[0] ?? {
    fn: 'count',
    args: [],
    column: planning.column('', 'long'),
    carried: [],
    span,
  };
  const used = new Set([expr, ...aggregate.args].flatMap((arg) => (arg.kind === 'column' ? [arg.id] : [])));
  // Without named keys every column that is not spoken of groups.
  const keys =
    keyNodes.length > 0
      ? keyNodes.map((key): Computed => {
          const value = planExpr(planning, key, scope);
          return { column: planning.column(nameOf(key), value.type), expr: value };
        })
      : input.output
          .filter(({ id }) => !used.has(id))
          .map((column): Computed => ({
            column: planning.column(column.name, column.type),
            expr: referenceTo(column, node, scope),
          }));
  return suspend(planning, node, scope, {
    kind: 'pivot',
    input: computed.id,
    span: pipedSpan(node, scope),
    by,
    keys,
    aggregate,
  });
};

/** Rows beside those of another table whose network their address lies in. */
const ipLookup =
  (test: string, tableFirst: boolean): PlanPlugin =>
  (planning, node, scope, input) => {
    const span = spanOf(node, scope);
    const { positional, named } = splitArguments(planning, node);
    const [tableNode, addressNode, networkNode, ...extra] = positional;
    if (tableNode === undefined || addressNode === undefined || networkNode === undefined) {
      return refuseTable(planning, node, scope, 'this lookup');
    }
    const right = planTable(planning, tableNode, { ...scope, row: [], sides: null });
    const network = right.output.find(({ name }) => name === nameOf(networkNode));
    const unmatchedNode =
      named.get('return_unmatched') ?? extra.find((item) => planning.kindOf(item) === 'BooleanLiteralExpression');
    const unmatched = unmatchedNode === undefined ? null : planExpr(planning, unmatchedNode, { ...scope, row: [] });
    const keys = extra.filter((item) => planning.kindOf(item) === 'NameReference').map(nameOf);
    if (network === undefined) return refuseTable(planning, node, scope, 'this lookup');
    const columnOf = (column: Column): Expr => ({ kind: 'column', id: column.id, type: column.type, span });
    const on = keys.flatMap((name) => {
      const sides = [input, right].map((side) => side.output.find((column) => column.name === name));
      const [a, b] = sides;
      return a === undefined || b === undefined ? [] : [{ left: columnOf(a), right: columnOf(b) }];
    });
    const bound = columnsOfType(node.ResultType) ?? [];
    const hidden = new Set(keys);
    const sources = [
      ...input.output.map((column) => ({ side: 'left' as const, column })),
      ...right.output.filter(({ name }) => !hidden.has(name)).map((column) => ({ side: 'right' as const, column })),
    ];
    const beside = sources.map(({ side, column }, index) => ({
      side,
      from: column.id,
      output: planning.column(bound[index]?.name ?? column.name, column.type),
    }));
    const ofTable = beside.filter(({ side }) => side === 'right');
    const columns = tableFirst ? [...ofTable, ...beside.filter(({ side }) => side === 'left')] : beside;
    return planning.add<JoinStage>({
      kind: 'join',
      source: { operator: 'evaluate', span },
      flavor: unmatched?.kind === 'literal' && unmatched.value === true ? 'leftouter' : 'inner',
      left: input.id,
      right: right.id,
      on,
      test: { fn: test, left: planExpr(planning, addressNode, scope), right: columnOf(network) },
      columns: columns.map(({ side, from, output }) => ({ id: output.id, side, from })),
      output: columns.map(({ output }) => output),
    });
  };

/** Rows that stand near one for which a condition holds. */
const rowsNear: PlanPlugin = (planning, node, scope, input) => {
  const span = spanOf(node, scope);
  const [conditionNode, beforeNode, afterNode] = argumentsOf(callOf(node));
  if (conditionNode === undefined || beforeNode === undefined)
    return refuseTable(planning, node, scope, 'rows_near here');
  if (!isSerialized(planning, input))
    planning.invalid(span, 'rows_near needs an order: sort or serialize the rows first.');
  const order = planning.column('', 'long');
  const ordered = planning.add<ExtendStage>({
    kind: 'extend',
    source: null,
    input: input.id,
    computed: [{ column: order, expr: { kind: 'call', fn: 'window_ordinal', args: [], type: 'long', span } }],
    output: input.output,
  });
  const before = planExpr(planning, beforeNode, { ...scope, row: [] });
  const after = afterNode === undefined ? before : planExpr(planning, afterNode, { ...scope, row: [] });
  const near = planning.column('', 'bool');
  const args = [referenceTo(order, node, scope), planExpr(planning, conditionNode, scope), before, after];
  const marked = planning.add<ExtendStage>({
    kind: 'extend',
    source: null,
    input: ordered.id,
    computed: [{ column: near, expr: { kind: 'call', fn: 'window_near', args, type: 'bool', span } }],
    output: input.output,
  });
  const filter = planning.add<FilterStage>({
    kind: 'filter',
    source: { operator: 'evaluate', span },
    input: marked.id,
    conjuncts: [],
    output: input.output,
  });
  const kept = planning.replace({
    ...filter,
    conjuncts: [{ id: `${filter.id}/1`, expr: referenceTo(near, node, scope), span }],
  });
  return restoreOrder(planning, kept, order);
};

/** Plugins of `evaluate` that are supported. */
export const plugins: Readonly<Record<string, PlanPlugin>> = {
  bag_unpack: unpack,
  pivot,
  rows_near: rowsNear,
  ipv4_lookup: ipLookup('ipv4_is_in_range', false),
  // The columns of its table come first.
  ipv6_lookup: ipLookup('ipv6_is_in_range', true),
  activity_counts_metrics: planActivity('activity_counts_metrics', 3),
  activity_metrics: planActivity('activity_metrics', 3, { optional: 2 }),
  activity_engagement: planActivity('activity_engagement', 4, { optional: 2 }),
  new_activity_metrics: planActivity('new_activity_metrics', 3, { cohort: true }),
  active_users_count: planActivity('active_users_count', 6),
  sliding_window_counts: planActivity('sliding_window_counts', 4),
  rolling_percentile: planRollingPercentile,
  narrow: planNarrow,
  dcount_intersect: planIntersections,
  estimate_rows_count: planCount,
  schema_merge: planSchemaMerge,
};

export const planEvaluate = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const name = nameOf(callOf(node)['Name'] as Node);
  const plugin = plugins[name];
  return plugin === undefined
    ? refuseTable(planning, node, scope, `the plugin ${name}`)
    : plugin(planning, node, scope, input);
};
