import type { Column, Expr } from '../../plan/expr.ts';
import type { ExtendStage, JoinStage } from '../../plan/stage.ts';
import { findColumn, reference, type Flow } from '../plan/flow.ts';
import { call, literal } from '../plan/plan-expr.ts';
import type { Planning } from '../plan/planning.ts';
import type { SumoStage } from '../syntax/ast.ts';
import type { TableField } from '../syntax/joining-ast.ts';
import { filtered } from './filter.ts';
import { planStage } from './index.ts';

type Node = SumoStage & { kind: 'join' };

/** A table of the join: its fields under names of their own, `t1_user` for `t1.user`. */
interface Side {
  readonly name: string;
  readonly flow: Flow;
  readonly fields: readonly { readonly field: string; readonly column: Column }[];
  readonly time: Column | null;
}

const planSide = (planning: Planning, node: Node, index: number, input: Flow): Side => {
  const { name, stages } = node.tables[index] ?? { name: '', stages: [] };
  const flow = stages.reduce((current, stage, at) => planStage(planning, stage, current, stages.slice(at + 1)), input);
  const asked = new Set(node.on.flatMap(({ left, right }) => [left, right]).map(({ field }) => field.toLowerCase()));
  const fields = flow.stage.output
    .filter((column) => !column.name.startsWith('_') || asked.has(column.name.toLowerCase()))
    .map((from) => ({ field: from.name, from, column: planning.column(`${name}_${from.name}`, from.type) }));
  const time = flow.time === null ? null : planning.column('', 'long');
  const computed = [
    ...fields.map(({ from, column }) => ({ column, expr: reference(from, node.span) })),
    ...(time === null || flow.time === null ? [] : [{ column: time, expr: flow.time }]),
  ];
  const stage = planning.add<ExtendStage>({
    kind: 'extend',
    source: null,
    input: flow.stage.id,
    computed,
    output: fields.map(({ column }) => column),
  });
  return { name, fields, time, flow: { ...flow, stage } };
};

const keyOf = (
  planning: Planning,
  sides: readonly Side[],
  at: TableField,
): { readonly expr: Expr; readonly side: number } | null => {
  const side = sides.findIndex(({ name }) => name === at.table);
  const columns = (sides[side]?.fields ?? []).map(({ field, column }) => ({ ...column, name: field }));
  const column = findColumn(columns, at.field, planning.dialect);
  if (column !== undefined) return { expr: call('sumo:text', [reference(column, at.span)], 'string', at.span), side };
  planning.report({
    code: 'sumo/unknown-field',
    span: at.span,
    message:
      side === -1 ? `No table of the join is called ${at.table}.` : `The table ${at.table} has no field ${at.field}.`,
  });
  return null;
};

const apart = (left: Column, right: Column, span: Node['span']): Expr =>
  call('sumo:abs', [call('sumo:-', [reference(left, span), reference(right, span)], 'long', span)], 'real', span);

/** Rows of the tables that agree, as an inner join gives them. */
export const planJoin = (planning: Planning, node: Node, flow: Flow): Flow => {
  const { span } = node;
  const sides = node.tables.map((_, index) => planSide(planning, node, index, flow));
  const [first, ...others] = sides;
  if (first === undefined || others.length === 0) {
    planning.invalid(
      span,
      'A join needs two tables.',
      'Write `join (parse … as a) as t1, (parse … as b) as t2 on t1.a = t2.b`.',
    );
    return flow;
  }
  const on = node.on.flatMap(({ left, right }) => {
    const [a, b] = [keyOf(planning, sides, left), keyOf(planning, sides, right)];
    return a === null || b === null ? [] : [a.side <= b.side ? { early: a, late: b } : { early: b, late: a }];
  });
  if (on.length < node.on.length) return flow;
  let stage: JoinStage['left'] = first.flow.stage.id;
  let columns: readonly Column[] = [...first.flow.stage.output, ...(first.time === null ? [] : [first.time])];
  let last: JoinStage | null = null;
  for (const [index, side] of others.entries()) {
    const pairs = on.filter(({ late }) => late.side === index + 1);
    if (pairs.length === 0 || pairs.some(({ early }) => early.side === index + 1)) {
      planning.invalid(span, `Nothing says which rows of ${side.name} belong to the tables before it.`);
      return flow;
    }
    const own = [...side.flow.stage.output, ...(side.time === null ? [] : [side.time])];
    last = planning.add<JoinStage>({
      kind: 'join',
      source: index === others.length - 1 ? { operator: 'join', span } : null,
      flavor: 'inner',
      left: stage,
      right: side.flow.stage.id,
      on: pairs.map(({ early, late }) => ({ left: early.expr, right: late.expr })),
      nullText: true,
      columns: [
        ...columns.map(({ id }) => ({ id, side: 'left' as const, from: id })),
        ...own.map(({ id }) => ({ id, side: 'right' as const, from: id })),
      ],
      output: [...columns, ...own].filter(({ name }) => name !== ''),
    });
    stage = last.id;
    columns = [...columns, ...own];
  }
  if (last === null) return flow;
  const time = first.time === null ? null : reference(first.time, span);
  const joined: Flow = {
    ...flow,
    stage: last,
    time,
    auto: null,
    open: false,
    sorted: false,
    matched: [],
    withTime: new Map(),
  };
  const { windowMillis } = node;
  if (windowMillis === null) return joined;
  const times = sides.flatMap((side) => side.time ?? []);
  const tests = times.flatMap((left, index) =>
    times.slice(index + 1).map((right) => ({
      expr: call('sumo:<=', [apart(left, right, span), literal('long', String(windowMillis), span)], 'bool', span),
      span,
    })),
  );
  return filtered(planning, joined, tests, null);
};
