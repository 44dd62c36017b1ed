import type { Column, Expr, Literal } from '../../plan/expr.ts';
import type { Aggregate, AggregateStage, Computed, FilterStage, ProjectStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type Node } from '../kusto.ts';
import { parametersOf, wordOf } from '../parameters.ts';
import { planExpr } from '../plan-expr.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { planAggregates } from './aggregate-call.ts';
import { carriedGroups } from './within.ts';

interface Axis {
  readonly on: Expr;
  readonly from: Expr;
  /** Exclusive; null where the data says how far. */
  readonly to: Expr | null;
  readonly step: Expr;
  /** How many bins there are. */
  readonly count: Expr;
}

/** Values of each bin between from and to as arrays, one row for each group. */
export const planMakeSeries = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const span = spanOf(node, scope);
  const bound = columnsOfType(node.ResultType) ?? [];
  const range = node['RangeClause'] as Node;
  const call = (fn: string, type: Expr['type'], ...args: Expr[]): Expr => ({ kind: 'call', fn, args, type, span });
  const axis =
    planning.kindOf(range) === 'MakeSeriesInRangeClause'
      ? planRangeAxis(planning, node, range, scope)
      : planAxis(planning, node, range, scope, input);
  const cut = withinAxis(planning, input, axis, call);
  const named = elementsOf((node['ByClause'] as Node | null)?.['Expressions']).map((item, index): Computed => {
    const expr = planExpr(planning, item, scope);
    return { column: planning.column(bound[index]?.name ?? '', expr.type), expr };
  });
  const keys = [...named, ...carriedGroups(scope)];
  const bin: Computed = {
    column: planning.column('', 'long'),
    expr: call('series_bin', 'long', axis.on, axis.from, axis.step),
  };
  const aggregates: Aggregate[] = [];
  const values = elementsOf(node['Aggregates']).flatMap((item, index) => {
    const name = bound.slice(named.length + index, named.length + index + 1);
    const [result] = planAggregates(planning, item['Expression'] as Node, name, scope, aggregates);
    return result === undefined ? [] : [{ result, fallback: item['DefaultExpression'] as Node | null }];
  });
  const binned = planning.add<AggregateStage>({
    kind: 'aggregate',
    source: null,
    input: cut.id,
    keys: [...keys, bin],
    aggregates,
    output: [...keys.map(({ column }) => column), bin.column, ...aggregates.map(({ column }) => column)],
  });
  const reference = (column: Column): Expr => ({ kind: 'column', id: column.id, type: column.type, span });
  const lists = values.map(({ result }): Aggregate => ({
    fn: 'collect',
    args: [call('pack_array', 'dynamic', reference(bin.column), result.expr)],
    column: planning.column('', 'dynamic'),
    carried: [],
    span,
  }));
  const grouped = planning.add<AggregateStage>({
    kind: 'aggregate',
    source: null,
    input: binned.id,
    keys: keys.map(({ column }) => ({ column, expr: reference(column) })),
    aggregates: lists,
    output: [...keys.map(({ column }) => column), ...lists.map(({ column }) => column)],
  });
  const nonempty = wordOf(parametersOf(node['Parameters']), 'kind') === 'nonempty';
  const some = keys.length > 0 || nonempty ? grouped : notEmpty(planning, grouped, lists, call);
  const filled = values.map(({ result, fallback }, index): Computed => ({
    column: planning.column(bound[named.length + index]?.name ?? '', 'dynamic'),
    expr: call(
      'series_fill_bins',
      'dynamic',
      reference((lists[index] as Aggregate).column),
      axis.count,
      call('todynamic', 'dynamic', fallbackOf(planning, fallback, result.expr.type, scope)),
    ),
  }));
  const last: Computed = {
    column: planning.column(bound.at(-1)?.name ?? '', 'dynamic'),
    expr: call(
      axis.on.type === 'datetime' || axis.on.type === 'timespan' ? `series_axis_${axis.on.type}` : 'series_axis_number',
      'dynamic',
      axis.from,
      axis.step,
      axis.count,
    ),
  };
  const computed = [...keys.map(({ column }) => ({ column, expr: reference(column) })), ...filled, last];
  return planning.add<ProjectStage>({
    kind: 'project',
    source: { operator: 'make-series', span },
    input: some.id,
    computed,
    output: computed.map(({ column }) => column).filter((column) => !scope.within.includes(column)),
  });
};

type CallOf = (fn: string, type: Expr['type'], ...args: Expr[]) => Expr;

const planAxis = (planning: Planning, node: Node, range: Node, scope: Scope, input: Stage): Axis => {
  const span = spanOf(node, scope);
  const on = planExpr(planning, (node['OnClause'] as Node)['Expression'] as Node, scope);
  const part = (name: string): Expr | null => {
    const clause = range[name] as Node | null;
    return clause === null ? null : planExpr(planning, clause['Expression'] as Node, { ...scope, row: [] });
  };
  const step = part('MakeSeriesStepClause') ?? { kind: 'literal', type: 'long', value: '1', span };
  const extreme = (fn: 'min' | 'max'): Expr => {
    const column = planning.column('', on.type);
    const stage = planning.add<AggregateStage>({
      kind: 'aggregate',
      source: null,
      input: input.id,
      keys: [],
      aggregates: [{ fn, args: [on], column, carried: [], span }],
      output: [column],
    });
    return { kind: 'subquery', stage: stage.id, column: column.id, type: on.type, span };
  };
  const given = { from: part('MakeSeriesFromClause'), to: part('MakeSeriesToClause') };
  const from: Expr = given.from ?? { kind: 'call', fn: 'bin', args: [extreme('min'), step], type: on.type, span };
  const count: Expr =
    given.to === null
      ? { kind: 'call', fn: 'series_bins_through', args: [from, extreme('max'), step], type: 'long', span }
      : { kind: 'call', fn: 'series_bins_until', args: [from, given.to, step], type: 'long', span };
  return { on, from, to: given.to, step, count };
};

/** `in range(start, stop, step)`: bins as `bin` makes them, the one that holds `stop` included. */
const planRangeAxis = (planning: Planning, node: Node, range: Node, scope: Scope): Axis => {
  const span = spanOf(node, scope);
  const on = planExpr(planning, (node['OnClause'] as Node)['Expression'] as Node, scope);
  const given = elementsOf((range['Arguments'] as Node)['Expressions']).map((item) =>
    planExpr(planning, item, { ...scope, row: [] }),
  );
  const one: Expr = { kind: 'literal', type: 'long', value: '1', span };
  const [start = one, stop = one, step = one] = given;
  const call = (fn: string, type: Expr['type'], ...args: Expr[]): Expr => ({ kind: 'call', fn, args, type, span });
  const from = call('bin', on.type, start, step);
  return {
    on,
    from,
    to: call('+', on.type, call('bin', on.type, stop, step), step),
    step,
    count: call('series_bins_through', 'long', from, stop, step),
  };
};

const withinAxis = (planning: Planning, input: Stage, { on, from, to }: Axis, call: CallOf): Stage => {
  const conditions = [call('>=', 'bool', on, from), ...(to === null ? [] : [call('<', 'bool', on, to)])];
  const stage = planning.add<FilterStage>({
    kind: 'filter',
    source: null,
    input: input.id,
    conjuncts: [],
    output: input.output,
  });
  return planning.replace({
    ...stage,
    conjuncts: conditions.map((expr, index) => ({ id: `${stage.id}/${index + 1}`, expr, span: expr.span })),
  });
};

/** Without groups and without rows there is no series, unless one is asked for. */
const notEmpty = (planning: Planning, input: Stage, lists: readonly Aggregate[], call: CallOf): Stage => {
  const [first] = lists;
  if (first === undefined) return input;
  const list: Expr = { kind: 'column', id: first.column.id, type: 'dynamic', span: first.span };
  const expr = call('!=', 'bool', call('array_length', 'long', list), {
    kind: 'literal',
    type: 'long',
    value: '0',
    span: first.span,
  });
  const stage = planning.add<FilterStage>({
    kind: 'filter',
    source: null,
    input: input.id,
    conjuncts: [],
    output: input.output,
  });
  return planning.replace({ ...stage, conjuncts: [{ id: `${stage.id}/1`, expr, span: first.span }] });
};

const fallbackOf = (planning: Planning, clause: Node | null, type: Expr['type'], scope: Scope): Expr => {
  const span = { start: 0, end: 0 };
  const zero: Literal = { kind: 'literal', type: type === 'real' ? 'real' : 'long', value: '0', span };
  if (clause === null) return zero;
  const value = planExpr(planning, clause['Expression'] as Node, { ...scope, row: [] });
  return type === 'real' && value.kind === 'literal' && (value.type === 'long' || value.type === 'int')
    ? { ...value, type: 'real' }
    : value;
};
