import type { Column, Expr } from '../../plan/expr.ts';
import type { Computed, ScanStage, ScanStep, Stage } from '../../plan/stage.ts';
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

/** A step with the name under which others see what it kept. */
interface NamedStep {
  readonly node: Node;
  readonly name: string;
  readonly state: ScanStep['state'];
}

/** Which of a step's rows are given out; null for what is not there yet. */
const emitsOf = (step: Node): boolean | null => {
  const output = step['ScanStepOutput'] as Node | null;
  const kind = output === null ? 'all' : ((output['OutputKind'] as { readonly Text?: string } | null)?.Text ?? 'all');
  return kind === 'all' ? true : kind === 'none' ? false : null;
};

/** `scan`: rows in their order against the steps of a sequence, each step remembering the last row that it matched. */
export const planScan = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage => {
  const span = spanOf(node, scope);
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
  const results = declared.map(({ column }) => column);
  // What a step's last row was: its own columns and the declared ones.
  const named = elementsOf(node['Steps']).map((step): NamedStep => ({
    node: step,
    name: nameOf(step['Name'] as Node),
    state: [...input.output, ...results].map((column) => ({
      of: column.id,
      column: planning.column(column.name, column.type),
    })),
  }));
  const inner: Scope = {
    ...scope,
    row: [...input.output, ...results],
    steps: new Map(named.map(({ name, state }) => [name, state.map(({ column }) => column)])),
  };
  const steps = named.map((step) => planStep(planning, step, inner, declared));
  const matchId = wordOf(parametersOf(node['Parameters']), 'with_match_id');
  const match = matchId === undefined ? null : planning.column(matchId, 'long');
  return planning.add<ScanStage>({
    kind: 'scan',
    source: { operator: 'scan', span },
    input: input.id,
    columns: input.output,
    declared,
    steps,
    match,
    within: scope.within,
    output: bound.flatMap(
      ({ name }) =>
        [...results, ...(match === null ? [] : [match]), ...input.output].find((column) => column.name === name) ?? [],
    ),
  });
};

const planStep = (
  planning: Planning,
  { node, state }: NamedStep,
  scope: Scope,
  declared: readonly Computed[],
): ScanStep => {
  const span = spanOf(node, scope);
  const condition = planExpr(planning, node['Condition'] as Node, scope);
  const assignments = elementsOf((node['ComputationClause'] as Node | null)?.['Assignments']).map(
    (assignment): Computed => {
      const name = nameOf(assignment['Name'] as Node);
      const expr = planExpr(planning, assignment['Expression'] as Node, scope);
      return {
        column: declared.find(({ column }) => column.name === name)?.column ?? planning.column(name, expr.type),
        expr,
      };
    },
  );
  if ([condition, ...assignments.map(({ expr }) => expr)].some(isWindow)) {
    planning.invalid(span, 'A step of scan sees other rows only as its steps have kept them.');
  }
  const emits = emitsOf(node);
  if (emits === null) planning.unsupported(span, 'a step of scan that gives only its last row');
  return { state, condition, assignments, emits: emits ?? true };
};
