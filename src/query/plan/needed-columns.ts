import { columnsOf, walkExpr, type Expr } from './expr.ts';
import { inputsOf, type Aggregate, type AggregateStage, type Stage } from './stage.ts';
import type { Plan } from './plan.ts';

/** Expressions of a stage over its inputs' columns. */
export const expressionsOf = (stage: Stage): readonly Expr[] => {
  switch (stage.kind) {
    case 'values':
      return stage.rows.flat();
    case 'range':
      return [stage.from, stage.to, stage.step];
    case 'filter':
      return stage.conjuncts.map(({ expr }) => expr);
    case 'extend':
    case 'project':
      return stage.computed.map(({ expr }) => expr);
    case 'aggregate':
      return [
        ...stage.keys.map(({ expr }) => expr),
        ...stage.aggregates.flatMap(({ args, carried }) => [...args, ...carried.map(({ expr }) => expr)]),
      ];
    case 'join':
      return [...stage.on, ...(stage.test === undefined ? [] : [stage.test])].flatMap(({ left, right }) => [
        left,
        right,
      ]);
    case 'union':
      return stage.inputs.flatMap(({ columns }) => columns);
    case 'sort':
      return stage.keys.map(({ expr }) => expr);
    case 'limit':
      return [stage.count, ...(stage.within ?? []), ...(stage.keys ?? []).map(({ expr }) => expr)];
    case 'scan':
      return [
        ...stage.declared.map(({ expr }) => expr),
        ...stage.steps.flatMap(({ condition, assignments }) => [condition, ...assignments.map(({ expr }) => expr)]),
      ];
    case 'expand':
      return [...stage.expanded.map(({ expr }) => expr), ...(stage.limit === null ? [] : [stage.limit])];
    case 'table':
    case 'distinct':
      return [];
  }
};

/** Aggregates that somebody reads. Without keys there is one all the same: it makes the one row. */
export const neededAggregates = (
  { keys, aggregates }: AggregateStage,
  needed: ReadonlySet<string>,
): readonly Aggregate[] => {
  const read = aggregates.filter((one) => [one, ...one.carried].some(({ column }) => needed.has(column.id)));
  return read.length === 0 && keys.length === 0 ? aggregates.slice(0, 1) : read;
};

/** Of what a stage computes, what somebody needs; a column nobody asks for is not computed. */
const neededExpressions = (stage: Stage, needed: ReadonlySet<string>): readonly Expr[] => {
  switch (stage.kind) {
    case 'extend':
    case 'project':
      return stage.computed.filter(({ column }) => needed.has(column.id)).map(({ expr }) => expr);
    case 'union': {
      const kept = stage.output.map((column) => needed.has(column.id));
      return stage.inputs.flatMap(({ columns }) => columns.filter((_, index) => kept[index]));
    }
    case 'aggregate':
      return [
        ...stage.keys.map(({ expr }) => expr),
        ...neededAggregates(stage, needed).flatMap(({ args, carried }) => [
          ...args,
          ...carried.filter(({ column }) => needed.has(column.id)).map(({ expr }) => expr),
        ]),
      ];
    default:
      return expressionsOf(stage);
  }
};

/**
 * For every stage the ids of its columns that later stages read, found from the result backwards, so that of a table with two hundred
 * columns only the named ones are read.
 */
export const neededColumns = (plan: Plan): ReadonlyMap<string, ReadonlySet<string>> => {
  const needed = new Map(plan.stages.map((stage) => [stage.id, new Set<string>()]));
  const need = (stage: string, ids: Iterable<string>): void => {
    for (const id of ids) needed.get(stage)?.add(id);
  };
  const root = plan.stages.find(({ id }) => id === plan.root);
  need(plan.root, root?.output.map(({ id }) => id) ?? []);
  for (const stage of plan.stages.toReversed()) {
    const own = needed.get(stage.id) ?? new Set();
    // Every column tells rows apart.
    const apart = stage.kind === 'distinct' ? [...stage.output, ...(stage.hidden ?? [])] : [];
    need(
      stage.id,
      apart.map(({ id }) => id),
    );
    // A scan may look at any column of the last row.
    if (stage.kind === 'scan')
      need(
        stage.input,
        [...stage.columns, ...stage.within].map(({ id }) => id),
      );
    const wanted = new Set([...own, ...neededExpressions(stage, own).flatMap(columnsOf)]);
    if (stage.kind === 'join') for (const { id, from } of stage.columns) if (own.has(id)) wanted.add(from);
    for (const input of inputsOf(stage)) need(input, wanted);
    for (const expr of expressionsOf(stage)) {
      walkExpr(expr, (inner) => {
        if (inner.kind === 'subquery') need(inner.stage, [inner.column]);
        if (inner.kind === 'in-table') need(inner.stage, [inner.column.id]);
      });
    }
  }
  return needed;
};
