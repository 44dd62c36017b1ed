import type { Column, Expr } from '../../plan/expr.ts';
import type { Computed, ScanStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type Node } from '../kusto.ts';
import { parametersOf, wordOf } from '../parameters.ts';
import { planExpr } from '../plan-expr.ts';
import { nameOf } from '../plan-name.ts';
import { refuseTable } from '../plan-table.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';
import { isSerialized, isWindow } from '../windows.ts';

/** What a declared column holds before anything matched. */
const declaredDefault = (planning: Planning, node: Node, type: Column['type'], scope: Scope): Expr => {
  const value = (node['DefaultValue'] as Node | null)?.['Value'] as Node | undefined;
  if (value !== undefined) return planExpr(planning, value, { ...scope, row: [] });
  return { kind: 'literal', type, value: type === 'string' ? '' : null, span: spanOf(node, scope) };
};

/**
 * `scan` with one step: rows in their order, each seeing what the last matching row left. Several steps in sequence are a state machine
 * that is not there yet.
 */
export const planScan = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const span = spanOf(node, scope);
  const steps = elementsOf(node['Steps']);
  const [step] = steps;
  if (steps.length !== 1 || step === undefined) return refuseTable(planning, node, scope, 'scan with several steps');
  if (node['OrderByClause'] !== null || node['PartitionByClause'] !== null) {
    return refuseTable(planning, node, scope, 'scan with an order or partitions');
  }
  if (!isSerialized(planning, input)) planning.invalid(span, 'scan needs an order: sort or serialize the rows first.');
  const bound = columnsOfType(node.ResultType) ?? [];
  const declared = elementsOf((node['DeclareClause'] as Node | null)?.['Declarations']).map((declaration): Computed => {
    const name = nameOf((declaration['NameAndType'] as Node)['Name'] as Node);
    const type = bound.find((column) => column.name === name)?.type ?? 'dynamic';
    return { column: planning.column(name, type), expr: declaredDefault(planning, declaration, type, scope) };
  });
  // What the step's last row was: its own columns and the declared ones.
  const state = [...input.output, ...declared.map(({ column }) => column)].map((column) => ({
    of: column.id,
    column: planning.column(column.name, column.type),
  }));
  const inner: Scope = {
    ...scope,
    row: [...input.output, ...declared.map(({ column }) => column)],
    steps: new Map([[nameOf(step['Name'] as Node), state.map(({ column }) => column)]]),
  };
  const condition = planExpr(planning, step['Condition'] as Node, inner);
  const assignments = elementsOf((step['ComputationClause'] as Node | null)?.['Assignments']).map(
    (assignment): Computed => {
      const name = nameOf(assignment['Name'] as Node);
      const expr = planExpr(planning, assignment['Expression'] as Node, inner);
      return {
        column: declared.find(({ column }) => column.name === name)?.column ?? planning.column(name, expr.type),
        expr,
      };
    },
  );
  if ([condition, ...assignments.map(({ expr }) => expr)].some(isWindow)) {
    planning.invalid(span, 'A step of scan sees other rows only as its steps have kept them.');
  }
  const matchId = wordOf(parametersOf(node['Parameters']), 'with_match_id');
  const match = matchId === undefined ? null : planning.column(matchId, 'long');
  const results = declared.map(({ column }) => column);
  return planning.add<ScanStage>({
    kind: 'scan',
    source: { operator: 'scan', span },
    input: input.id,
    columns: input.output,
    declared,
    state,
    condition,
    assignments,
    match,
    output: bound.flatMap(
      ({ name }) =>
        [...results, ...(match === null ? [] : [match]), ...input.output].find((column) => column.name === name) ?? [],
    ),
  });
};
