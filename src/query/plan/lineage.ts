import { walkExpr, type Expr } from './expr.ts';
import type { Plan } from './plan.ts';
import type { Stage } from './stage.ts';

/** A column of a base table. */
export interface BaseColumn {
  readonly table: string;
  readonly column: string;
}

type Sources = ReadonlyMap<string, readonly BaseColumn[]>;

const distinct = (columns: readonly BaseColumn[]): readonly BaseColumn[] => [
  ...new Map(columns.map((column) => [`${column.table}\n${column.column}`, column])).values(),
];

/** Base columns that an expression's value comes from, through whatever computed them. */
export const readsOf = (expr: Expr, sources: Sources): readonly BaseColumn[] => {
  const found: BaseColumn[] = [];
  walkExpr(expr, (inner) => {
    if (inner.kind === 'column') found.push(...(sources.get(inner.id) ?? []));
    if (inner.kind === 'subquery') found.push(...(sources.get(inner.column) ?? []));
    if (inner.kind === 'in-table') found.push(...(sources.get(inner.column.id) ?? []));
  });
  return distinct(found);
};

const stageSources = (stage: Stage, sources: Sources): readonly (readonly [string, readonly BaseColumn[]])[] => {
  const computed = (list: readonly { readonly column: { readonly id: string }; readonly expr: Expr }[]) =>
    list.map(({ column, expr }) => [column.id, readsOf(expr, sources)] as const);
  switch (stage.kind) {
    case 'table':
      return stage.output.map(({ id, name }) => [id, [{ table: stage.table, column: name }]] as const);
    case 'values':
    case 'range':
    case 'filter':
    case 'sort':
    case 'limit':
    case 'distinct':
      return [];
    case 'extend':
    case 'project':
      return computed(stage.computed);
    case 'aggregate':
      return [
        ...computed(stage.keys),
        ...stage.aggregates.flatMap(({ column, args, carried }) => [
          [column.id, distinct(args.flatMap((arg) => readsOf(arg, sources)))] as const,
          ...computed(carried),
        ]),
      ];
    case 'join':
      return stage.columns.map(({ id, from }) => [id, sources.get(from) ?? []] as const);
    case 'union':
      return stage.output.map(({ id }, index) => {
        const exprs = stage.inputs.flatMap(({ columns }) => columns[index] ?? []);
        return [id, distinct(exprs.flatMap((expr) => readsOf(expr, sources)))] as const;
      });
    case 'expand':
      return computed(stage.expanded);
    case 'scan':
      return [
        ...computed(stage.declared),
        ...stage.steps.flatMap(({ assignments, state }) => [
          ...computed(assignments),
          ...state.map(({ of, column }) => [column.id, sources.get(of) ?? []] as const),
        ]),
      ];
  }
};

/** For every column of a plan the base columns that it comes from. */
export const traceColumns = (plan: Plan): Sources => {
  const sources = new Map<string, readonly BaseColumn[]>();
  for (const stage of plan.stages) for (const [id, columns] of stageSources(stage, sources)) sources.set(id, columns);
  return sources;
};
