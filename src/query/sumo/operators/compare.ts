import type { Column, Expr } from '../../plan/expr.ts';
import type { Aggregate, AggregateStage, Computed, UnionStage } from '../../plan/stage.ts';
import { extended, findColumn, reference, type Flow } from '../plan/flow.ts';
import { call, literal } from '../plan/plan-expr.ts';
import type { Planning } from '../plan/planning.ts';
import type { SumoQuery, SumoStage } from '../syntax/ast.ts';
import type { Timeshift } from '../syntax/series-ast.ts';
import { aggregatedFlow } from './aggregate.ts';

/** More queries than this the service does not run. */
const mostShifts = 7;

/** What the columns of a shift add to a value's name: `_1d`, `_7d_avg`, `_yesterday`. */
const suffixOf = ({ count, unit, aggregate, alias, times }: Timeshift, time: number): string => {
  if (alias !== null) return aggregate === null && times > 1 ? `${alias.name}_${time}` : alias.name;
  return aggregate === null ? `${count * time}${unit}` : `${count * times}${unit}_${aggregate}`;
};

interface Shifted {
  readonly shift: Timeshift;
  readonly time: number;
  readonly flow: Flow;
}

/** The same query over older messages, beside what it gives over those of the time range. */
export const planCompare = (
  planning: Planning,
  node: SumoStage & { kind: 'compare' },
  flow: Flow,
  before: SumoQuery,
): Flow => {
  const { span } = node;
  if (flow.keys === null) {
    if (planning.pending === null)
      planning.invalid(span, 'compare follows an aggregate.', 'Write `| count by … | compare timeshift 1d`.');
    return flow;
  }
  if (planning.pending !== null) {
    planning.unsupported(span, 'compare behind columns that only the data knows');
    return flow;
  }
  const count = node.shifts.reduce((sum, { times }) => sum + times, 0);
  if (count > mostShifts) {
    planning.invalid(span, `compare runs at most ${mostShifts} more queries, this asks for ${count}.`);
    return flow;
  }
  const shifted = node.shifts.flatMap((shift) =>
    Array.from({ length: shift.times }, (_, index): Shifted => {
      const time = index + 1;
      return { shift, time, flow: planning.pipeline(before, shift.millis * time) };
    }),
  );
  const find = (columns: readonly Column[], name: string): Column | undefined =>
    findColumn(columns, name, planning.dialect);
  const keys = flow.keys.flatMap((name) => find(flow.stage.output, name) ?? []);
  const values = flow.stage.output.filter((column) => !keys.includes(column));
  const sets = [flow, ...shifted.map((each) => each.flow)];
  // A column for each value of each set; a row fills those of its own set.
  const cells = sets.map(() => values.map(({ type }) => planning.column('', type)));
  const keyColumns = keys.map(({ name, type }) => planning.column(name, type));
  const inputs = sets.map(({ stage }, own) => ({
    stage: stage.id,
    columns: [
      ...keys.map((key): Expr => columnOr(find(stage.output, key.name), key, span)),
      ...cells.flatMap((_, index) =>
        values.map((value): Expr =>
          index === own ? columnOr(find(stage.output, value.name), value, span) : literal(value.type, null, span),
        ),
      ),
    ],
  }));
  const union = planning.add<UnionStage>({
    kind: 'union',
    source: null,
    inputs,
    output: [...keyColumns, ...cells.flat()],
  });
  const grouped = keyColumns.map((column): Computed => ({
    column: planning.column(column.name, column.type),
    expr: reference(column, span),
  }));
  const merged = cells.map((row) =>
    row.map((cell): Aggregate => ({
      fn: 'sumo:any',
      args: [reference(cell, span)],
      column: planning.column('', cell.type),
      carried: [],
      span,
    })),
  );
  const stage = planning.add<AggregateStage>({
    kind: 'aggregate',
    source: { operator: 'compare', span },
    input: union.id,
    keys: grouped,
    aggregates: merged.flat(),
    output: grouped.map(({ column }) => column),
  });
  const found = (set: number, value: number): Expr | null => {
    const column = merged[set]?.[value]?.column;
    return column === undefined ? null : reference(column, span);
  };
  const named = values.flatMap(({ name, type }, index): Computed[] => {
    const own = found(0, index);
    const others = node.shifts.flatMap((shift): Computed[] => {
      const parts = shifted.flatMap((each, at) => {
        const expr = each.shift === shift ? found(at + 1, index) : null;
        return expr === null ? [] : [{ expr, time: each.time }];
      });
      if (shift.aggregate !== null) {
        const expr = call(
          `sumo:${shift.aggregate === 'avg' ? 'avg-of' : shift.aggregate}`,
          parts.map((part) => part.expr),
          'real',
          span,
        );
        return [{ column: planning.column(`${name}_${suffixOf(shift, 1)}`, 'real'), expr }];
      }
      return parts.map(({ expr, time }) => ({
        column: planning.column(`${name}_${suffixOf(shift, time)}`, type),
        expr,
      }));
    });
    return own === null ? others : [{ column: planning.column(name, type), expr: own }, ...others];
  });
  return extended(planning, aggregatedFlow(flow, stage, flow.keys), named, null);
};

const columnOr = (column: Column | undefined, { type }: Column, span: Aggregate['span']): Expr =>
  column === undefined ? literal(type, null, span) : reference(column, span);
