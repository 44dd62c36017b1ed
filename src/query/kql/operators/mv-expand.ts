import type { Column, Expr } from '../../plan/expr.ts';
import type { Computed, ExpandStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, scalarTypeOf, type Node } from '../kusto.ts';
import { parametersOf, wordOf } from '../parameters.ts';
import { planExpr } from '../plan-expr.ts';
import { nameOf } from '../plan-name.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';

interface Item {
  readonly name: string | null;
  readonly expr: Expr;
  readonly type: Column['type'];
}

const typeNamed = (planning: Planning, node: Node, scope: Scope): Column['type'] => {
  const name = planning.textOf(node, scope);
  return scalarTypeOf({ Name: typeAliases[name] ?? name });
};

const typeAliases: Readonly<Record<string, string>> = {
  double: 'real',
  boolean: 'bool',
  date: 'datetime',
  time: 'timespan',
};

/** `name = expr to typeof(long)`. */
export const expandedItem = (planning: Planning, item: Node, scope: Scope): Item => {
  const node =
    planning.kindOf(item) === 'MvExpandExpression' || planning.kindOf(item) === 'MvApplyExpression'
      ? (item['Expression'] as Node)
      : item;
  const expr = planExpr(planning, node, scope);
  const name =
    planning.kindOf(node) === 'SimpleNamedExpression'
      ? nameOf(node['Name'] as Node)
      : planning.resultName(node) || null;
  const typed = (item['ToTypeOf'] as Node | null)?.['TypeOf'] as Node | undefined;
  const [type] = elementsOf(typed?.['Types']);
  return { name, expr, type: type === undefined ? 'dynamic' : typeNamed(planning, type, scope) };
};

export const planMvExpand = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const parameters = parametersOf(node['Parameters']);
  const bound = columnsOfType(node.ResultType) ?? [];
  const indexName = wordOf(parameters, 'with_itemindex');
  const items = elementsOf(node['Expressions']).map((item) => expandedItem(planning, item, scope));
  const added = bound.slice(input.output.length);
  const replaced = new Map<string, Column>();
  let next = 0;
  const expanded = items.map(({ name, expr, type }): Computed => {
    const inPlace = name !== null && input.output.some((column) => column.name === name);
    const column = planning.column(inPlace ? name : (added[next++]?.name ?? name ?? ''), type);
    if (inPlace) replaced.set(name, column);
    return { column, expr };
  });
  const index = indexName === undefined ? null : planning.column(indexName, 'long');
  const limit = node['RowLimitClause'] as Node | null;
  const fresh = expanded.map(({ column }) => column).filter((column) => replaced.get(column.name) !== column);
  return planning.add<ExpandStage>({
    kind: 'expand',
    source: { operator: 'mv-expand', span: spanOf(node, scope) },
    input: input.id,
    expanded,
    bagsAsArrays: (wordOf(parameters, 'bagexpansion') ?? wordOf(parameters, 'kind')) === 'array',
    index,
    limit: limit === null ? null : planExpr(planning, limit['RowLimit'] as Node, { ...scope, row: [] }),
    output: [
      ...input.output.map((column) => replaced.get(column.name) ?? column),
      ...fresh,
      ...(index === null ? [] : [index]),
    ],
  });
};
