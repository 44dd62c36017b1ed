import type { Expr } from '../../plan/expr.ts';
import type { JoinFlavor, JoinStage, Stage } from '../../plan/stage.ts';
import { columnsOfType, elementsOf, type Node } from '../kusto.ts';
import { parametersOf, wordOf } from '../parameters.ts';
import { planExpr } from '../plan-expr.ts';
import { nameOf } from '../plan-name.ts';
import { planTable, refuseTable } from '../plan-table.ts';
import type { Planning } from '../planning.ts';
import { spanOf, type Scope } from '../scope.ts';

const flavors: Readonly<Record<string, JoinFlavor>> = {
  innerunique: 'innerunique',
  inner: 'inner',
  leftouter: 'leftouter',
  rightouter: 'rightouter',
  fullouter: 'fullouter',
  anti: 'leftanti',
  leftanti: 'leftanti',
  leftantisemi: 'leftanti',
  rightanti: 'rightanti',
  rightantisemi: 'rightanti',
  leftsemi: 'leftsemi',
  rightsemi: 'rightsemi',
};

type On = JoinStage['on'];

/** `on a, $left.b == $right.c and …`; null where a condition is something else. */
const planOn = (planning: Planning, node: Node, scope: Scope, left: Stage, right: Stage): On | null => {
  switch (planning.kindOf(node)) {
    case 'NameReference': {
      const name = nameOf(node);
      const sides = [left, right].map((side) => side.output.find((column) => column.name === name));
      const [onLeft, onRight] = sides.map((column): Expr | undefined =>
        column === undefined
          ? undefined
          : { kind: 'column', id: column.id, type: column.type, span: spanOf(node, scope) },
      );
      return onLeft === undefined || onRight === undefined ? null : [{ left: onLeft, right: onRight }];
    }
    case 'AndExpression': {
      const both = [node['Left'] as Node, node['Right'] as Node].map((side) =>
        planOn(planning, side, scope, left, right),
      );
      return both.some((on) => on === null) ? null : both.flatMap((on) => on ?? []);
    }
    case 'ParenthesizedExpression':
      return planOn(planning, node['Expression'] as Node, scope, left, right);
    case 'EqualExpression':
      return planEquality(planning, node, scope, left, right);
    default:
      return null;
  }
};

const planEquality = (planning: Planning, node: Node, scope: Scope, left: Stage, right: Stage): On => {
  const sided: Scope = { ...scope, row: [], sides: { left: left.output, right: right.output } };
  const first = planExpr(planning, node['Left'] as Node, sided);
  const second = planExpr(planning, node['Right'] as Node, sided);
  const swapped = first.kind === 'column' && !left.output.some(({ id }) => id === first.id);
  const mirrored = swapped || (second.kind === 'column' && !right.output.some(({ id }) => id === second.id));
  return [mirrored ? { left: second, right: first } : { left: first, right: second }];
};

const plan = (
  planning: Planning,
  node: Node,
  scope: Scope,
  input: Stage,
  options: { readonly operator: string; readonly fallback: JoinFlavor; readonly clause: Node },
): Stage => {
  const flavor = flavors[wordOf(parametersOf(node['Parameters']), 'kind') ?? options.fallback];
  const right = planTable(planning, node['Expression'] as Node, { ...scope, row: [], sides: null });
  if (flavor === undefined) return refuseTable(planning, node, scope, 'this kind of join');
  // Which of a subquery's groups a row belongs to is told by its left side alone; that side's keys are looked at all together.
  if (scope.within.length > 0 && /^(right|full|innerunique)/.test(flavor)) {
    return refuseTable(planning, node, scope, `a ${flavor} join inside a subquery`);
  }
  // A side that is joined with itself: its columns get names of their own, or both sides would be one.
  const on = elementsOf(options.clause['Expressions']).map((item) => planOn(planning, item, scope, input, right));
  if (on.length === 0 || on.some((pairs) => pairs === null)) {
    return refuseTable(planning, node, scope, `this condition of ${options.operator}`);
  }
  const pairs = on.flatMap((pair) => pair ?? []);
  const hidden =
    options.operator === 'lookup'
      ? new Set(pairs.map(({ right: key }) => (key.kind === 'column' ? key.id : '')))
      : new Set();
  const oneSided = /anti|semi/.test(flavor);
  const sources = [
    ...(oneSided && flavor.startsWith('right')
      ? []
      : input.output.map((column) => ({ side: 'left' as const, column }))),
    ...(oneSided && flavor.startsWith('left')
      ? []
      : right.output.filter(({ id }) => !hidden.has(id)).map((column) => ({ side: 'right' as const, column }))),
  ];
  const bound = columnsOfType(node.ResultType) ?? [];
  const columns = sources.map(({ side, column }, index) => ({
    side,
    from: column.id,
    output: planning.column(bound[index]?.name ?? column.name, column.type),
  }));
  return planning.add<JoinStage>({
    kind: 'join',
    source: { operator: options.operator, span: spanOf(node, scope) },
    flavor,
    left: input.id,
    right: right.id,
    on: pairs,
    columns: [
      ...columns.map(({ side, from, output }) => ({ id: output.id, side, from })),
      ...scope.within.map(({ id }) => ({ id, side: 'left' as const, from: id })),
    ],
    output: columns.map(({ output }) => output),
  });
};

export const planJoin = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage =>
  plan(planning, node, scope, input, {
    operator: 'join',
    fallback: 'innerunique',
    clause: node['ConditionClause'] as Node,
  });

export const planLookup = (planning: Planning, node: Node, scope: Scope, input: Stage): Stage =>
  plan(planning, node, scope, input, {
    operator: 'lookup',
    fallback: 'leftouter',
    clause: node['LookupClause'] as Node,
  });
