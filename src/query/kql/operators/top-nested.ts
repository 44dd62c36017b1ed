import type { Column, Expr } from '../../plan/expr.ts';
import type {
  Aggregate,
  AggregateStage,
  Computed,
  ExtendStage,
  JoinStage,
  LimitStage,
  Stage,
} from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type BoundColumn, type Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import { refuseTable } from '../plan-table.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { planAggregates } from './aggregate-call.ts';
import { planOthers, type KeptLevel } from './top-nested-others.ts';

const columnOf = (column: Column): Expr => ({
  kind: 'column',
  id: column.id,
  type: column.type,
  span: { start: 0, end: 0 },
});

/** The best values of a first expression, within each the best of a second, and so on, every level with its aggregate. */
export const planTopNested = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const clauses = elementsOf(node['Clauses']);
  const bound = columnsOfType(node.ResultType) ?? [];
  const levels: Level[] = [];
  for (const [index, clause] of clauses.entries()) {
    const names = bound.slice(2 * index, 2 * index + 2);
    levels.push(planLevel(planning, clause, scope, input, levels.at(-1) ?? { stage: null, keys: [] }, names));
  }
  const hasOthers = clauses.some((clause) => clause['WithOthersClause'] !== null);
  const isPlanned = levels.every(({ keys }, index) => keys.length === index + 1);
  if (!hasOthers || !isPlanned) return levels.at(-1)?.stage as Stage;
  const kept = levels.map(({ stage, keys }, index): KeptLevel => {
    const clause = clauses[index] as Node;
    return {
      clause,
      key: keys.at(-1)?.expr as Expr,
      item: aggregateOf(planning, clause).item,
      stage: stage as Stage,
      keys: keys.map(({ column }) => column),
    };
  });
  return planOthers(planning, scope, input, kept, bound);
};

interface Level {
  readonly stage: Stage | null;
  /** Expressions of the levels so far, with their columns in the result. */
  readonly keys: readonly Computed[];
}

/** The aggregate of a level, and whether its least values are the best. */
const aggregateOf = (planning: Planning, clause: Node): { readonly item: Node; readonly ascending: boolean } => {
  const by = clause['ByExpression'] as Node;
  if (planning.kindOf(by) !== 'OrderedExpression') return { item: by, ascending: false };
  const order = (by['Ordering'] as Node)['AscOrDescKeyword'] as { readonly Text?: string } | null;
  return { item: by['Expression'] as Node, ascending: order?.Text === 'asc' };
};

const planLevel = (
  planning: Planning,
  clause: Node,
  scope: Scope,
  input: Stage,
  before: Level,
  [keyName, valueName]: readonly BoundColumn[],
): Level => {
  const span = spanOf(clause, scope);
  const expr = planExpr(planning, clause['OfExpression'] as Node, scope);
  const key: Computed = { column: planning.column(keyName?.name ?? '', expr.type), expr };
  const outer = before.keys.map((computed): Computed => ({
    ...computed,
    column: planning.column(computed.column.name, computed.column.type),
  }));
  const { item, ascending } = aggregateOf(planning, clause);
  const aggregates: Aggregate[] = [];
  const [value] = planAggregates(planning, item, valueName === undefined ? [] : [valueName], scope, aggregates);
  const column = value?.column;
  if (value === undefined || column === undefined) {
    return { ...before, stage: refuseTable(planning, clause, scope, 'this aggregate of top-nested') };
  }
  const groups = [...outer.map((computed) => computed.column), key.column];
  const aggregated = planning.add<AggregateStage>({
    kind: 'aggregate',
    source: null,
    input: input.id,
    keys: [...outer, key],
    aggregates,
    output: [...groups, ...aggregates.map((aggregate) => aggregate.column)],
  });
  // An expression over aggregates (`sum(a) / count()`) is computed after them.
  const isAlone = value.expr.kind === 'column' && value.expr.id === column.id;
  const grouped = isAlone
    ? aggregated
    : planning.add<ExtendStage>({
        kind: 'extend',
        source: null,
        input: aggregated.id,
        computed: [value],
        output: [...groups, column],
      });
  const joined = before.stage === null ? null : joinLevel(planning, before, grouped, outer, [key.column, column]);
  const from = joined ?? grouped;
  const count = clause['Expression'] as Node | null;
  const output = joined === null ? [key.column, column] : joined.output;
  const within = before.keys.map((computed) =>
    columnOf(output.find(({ name }) => name === computed.column.name) ?? computed.column),
  );
  const keys = [...before.keys, key].map((computed, index) => ({
    ...computed,
    column: output[2 * index] ?? computed.column,
  }));
  if (count === null) return { stage: from, keys };
  const stage = planning.add<LimitStage>({
    kind: 'limit',
    source: { operator: 'top-nested', span },
    input: from.id,
    count: planExpr(planning, count, { ...scope, row: [] }),
    within,
    keys: [{ expr: columnOf(output.at(-1) ?? column), descending: !ascending, nullsFirst: ascending }],
    output,
  });
  return { stage, keys };
};

/** The groups of a level, beside the outer groups that were kept. */
const joinLevel = (
  planning: Planning,
  before: Level,
  grouped: Stage,
  outer: readonly Computed[],
  own: readonly Column[],
): Stage => {
  const left = before.stage as Stage;
  const columns = [
    ...left.output.map((column) => ({
      side: 'left' as const,
      from: column.id,
      output: planning.column(column.name, column.type),
    })),
    ...own.map((column) => ({
      side: 'right' as const,
      from: column.id,
      output: planning.column(column.name, column.type),
    })),
  ];
  return planning.add<JoinStage>({
    kind: 'join',
    source: null,
    flavor: 'inner',
    left: left.id,
    right: grouped.id,
    on: before.keys.map((computed, index) => ({
      left: columnOf(computed.column),
      right: columnOf((outer[index] as Computed).column),
    })),
    columns: columns.map(({ side, from, output }) => ({ id: output.id, side, from })),
    output: columns.map(({ output }) => output),
  });
};
