import type { Column, Expr } from '../../plan/expr.ts';
import type { Aggregate, AggregateStage, Computed, JoinStage, LimitStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type BoundColumn, type Node } from '../kusto.ts';
import { planExpr } from '../plan-expr.ts';
import { refuseTable } from '../plan-table.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { planAggregates } from './aggregate-call.ts';

const columnOf = (column: Column): Expr => ({
  kind: 'column',
  id: column.id,
  type: column.type,
  span: { start: 0, end: 0 },
});

/** The best values of a first expression, within each the best of a second, and so on, every level with its aggregate. */
export const planTopNested = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const clauses = elementsOf(node['Clauses']);
  if (clauses.some((clause) => clause['WithOthersClause'] !== null)) {
    return refuseTable(planning, node, scope, 'top-nested with others');
  }
  const bound = columnsOfType(node.ResultType) ?? [];
  return clauses.reduce<Level>(
    (level, clause, index) => planLevel(planning, clause, scope, input, level, bound.slice(2 * index, 2 * index + 2)),
    { stage: null, keys: [], carried: [] },
  ).stage as Stage;
};

interface Level {
  readonly stage: Stage | null;
  /** Expressions of the levels so far, with their columns in the result. */
  readonly keys: readonly Computed[];
  readonly carried: readonly Column[];
}

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
  const by = clause['ByExpression'] as Node;
  const ordered = planning.kindOf(by) === 'OrderedExpression';
  const item = ordered ? (by['Expression'] as Node) : by;
  const ascending =
    ordered && ((by['Ordering'] as Node)['AscOrDescKeyword'] as { Text?: string } | null)?.Text === 'asc';
  const aggregates: Aggregate[] = [];
  const [value] = planAggregates(planning, item, valueName === undefined ? [] : [valueName], scope, aggregates);
  const column = aggregates[0]?.column;
  if (value === undefined || column === undefined || value.expr.kind !== 'column') {
    return { ...before, stage: refuseTable(planning, clause, scope, 'this aggregate of top-nested') };
  }
  const grouped = planning.add<AggregateStage>({
    kind: 'aggregate',
    source: null,
    input: input.id,
    keys: [...outer, key],
    aggregates,
    output: [...outer.map((computed) => computed.column), key.column, column],
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
  if (count === null) return { stage: from, keys, carried: output };
  const stage = planning.add<LimitStage>({
    kind: 'limit',
    source: { operator: 'top-nested', span },
    input: from.id,
    count: planExpr(planning, count, { ...scope, row: [] }),
    within,
    keys: [{ expr: columnOf(output.at(-1) ?? column), descending: !ascending, nullsFirst: ascending }],
    output,
  });
  return { stage, keys, carried: output };
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
