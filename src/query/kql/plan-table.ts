import type { Expr } from '../plan/expr.ts';
import type { ValuesStage, Stage, TableStage } from '../plan/stage.ts';
import { planOperator } from './operators/index.ts';
import { planDatatable } from './operators/datatable.ts';
import { planExternalData } from './operators/external-data.ts';
import { planExpr } from './plan-expr.ts';
import { argumentsOf } from './plan-call.ts';
import { planTableFunction } from './plan-function.ts';
import { nameOf } from './plan-name.ts';
import { planPatternCall } from './plan-pattern.ts';
import { columnsOfType, type Node } from './kusto.ts';
import { watchlistTable } from './prelude.ts';
import type { Planning } from './planning.ts';
import { spanOf, withRow, type Scope } from './scope.ts';

/** A bound tabular expression as stages of the plan; gives the last of them. */
export const planTable = (planning: Planning, node: Node, scope: Scope): Stage => {
  switch (planning.kindOf(node)) {
    case 'PipeExpression': {
      const input = planTable(planning, node['Expression'] as Node, scope);
      return planOperator(planning, node['Operator'] as Node, withRow(scope, input), input);
    }
    case 'ParenthesizedExpression':
    case 'MaterializeExpression':
    case 'ToTableExpression':
    case 'DataScopeExpression':
      return planTable(planning, node['Expression'] as Node, scope);
    case 'NameReference':
      return planTableName(planning, node, nameOf(node), scope);
    case 'FunctionCallExpression':
      return planTableCall(planning, node, null, scope);
    case 'PathExpression':
      return planTableCall(planning, node['Expression'] as Node, node['Selector'] as Node, scope);
    case 'ExternalDataExpression':
      return planExternalData(planning, node, scope);
    case 'DataTableExpression':
      return planDatatable(planning, node, scope);
    default:
      return scope.implied === null
        ? planOperator(planning, node, { ...scope, row: [], sides: null }, null)
        : planOperator(planning, node, withRow(scope, scope.implied), scope.implied);
  }
};

/** Notes what is not supported; a table without rows, of the type that binding found, lets planning go on. */
export const refuseTable = (planning: Planning, node: Node, scope: Scope, construct: string): Stage => {
  planning.unsupported(spanOf(node, scope), construct);
  return planning.add<ValuesStage>({
    kind: 'values',
    source: null,
    rows: [],
    output: (columnsOfType(node.ResultType) ?? []).map(({ name, type }) => planning.column(name, type)),
  });
};

export const planTableName = (planning: Planning, node: Node, name: string, scope: Scope): Stage => {
  const binding = scope.names.get(name);
  if (binding?.kind === 'table') return binding.stage();
  if (binding?.kind === 'function') {
    return planTableFunction(planning, node, [], binding, scope) ?? refuseTable(planning, node, scope, 'this function');
  }
  const aliased = planning.aliases.get(name);
  if (aliased !== undefined) return aliased;
  const info = planning.tables.get(name);
  if (info === undefined) return refuseTable(planning, node, scope, `the table ${name}`);
  return planning.add<TableStage>({
    kind: 'table',
    source: { operator: 'table', span: spanOf(node, scope) },
    table: name,
    output: info.columns.map((column) => planning.column(column.name, column.type)),
  });
};

/** A text that is known before anything runs. */
const textOf = (expr: Expr): string | null => {
  if (expr.kind === 'literal') return typeof expr.value === 'string' ? expr.value : null;
  if (expr.kind !== 'call' || expr.fn !== 'strcat') return null;
  const parts = expr.args.map(textOf);
  return parts.includes(null) ? null : parts.join('');
};

/** `path` is what stands behind a dot after the call. */
const planTableCall = (planning: Planning, node: Node, path: Node | null, scope: Scope): Stage => {
  const callee = node['Name'] as Node | undefined;
  if (callee === undefined)
    return refuseTable(planning, node, scope, 'a table of another cluster, database or workspace');
  const name = nameOf(callee);
  const args = argumentsOf(node);
  const binding = scope.names.get(name);
  if (binding?.kind === 'pattern') {
    const found = planPatternCall(planning, node, path, binding, scope);
    if (found === null) planning.invalid(spanOf(node, scope), `The pattern ${name} has no query for these values.`);
    return found ?? refuseTable(planning, node, scope, `the pattern ${name} here`);
  }
  if (path !== null) return refuseTable(planning, node, scope, `the function ${name}`);
  if (binding?.kind === 'function') {
    return (
      planTableFunction(planning, node, args, binding, scope) ?? refuseTable(planning, node, scope, `this function`)
    );
  }
  const [first] = args;
  if (name === 'materialize' && first !== undefined) return planTable(planning, first, scope);
  if (name === 'table' && first !== undefined) {
    const named = textOf(planExpr(planning, first, scope));
    const watchlist = scope.site === undefined || named === null ? null : watchlistTable(named);
    if (watchlist !== null && planning.tables.has(watchlist)) return planTableName(planning, node, watchlist, scope);
    if (named !== null) return planTableName(planning, node, named, scope);
  }
  return refuseTable(planning, node, scope, `the function ${name}`);
};
