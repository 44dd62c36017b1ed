import type { Column, Expr } from '../../plan/expr.ts';
import type { LimitStage, SortKey, SortStage } from '../../plan/stage.ts';
import { extended, findColumn, reference, type Flow } from '../plan/flow.ts';
import { call, literal, planExpr } from '../plan/plan-expr.ts';
import { planField } from '../plan/plan-field.ts';
import type { Planning } from '../plan/planning.ts';
import { rangeStart, sliceOf } from '../plan/time-range.ts';
import type { Alias, SortItem, SumoStage } from '../syntax/ast.ts';

type Of<K extends SumoStage['kind']> = SumoStage & { kind: K };

const sortKey = (planning: Planning, { expr, descending }: SortItem, flow: Flow): SortKey => ({
  expr: planExpr(planning, expr, flow),
  descending,
  nullsFirst: false,
});

export const planSort = (planning: Planning, node: Of<'sort'>, flow: Flow): Flow => ({
  ...flow,
  sorted: true,
  matched: [],
  stage: planning.add<SortStage>({
    kind: 'sort',
    source: { operator: 'sort', span: node.span },
    input: flow.stage.id,
    keys: node.items.map((item) => sortKey(planning, item, flow)),
    output: flow.stage.output,
  }),
});

const limited = (
  planning: Planning,
  flow: Flow,
  count: number,
  source: LimitStage['source'],
  more: Pick<LimitStage, 'within' | 'keys'> = {},
): Flow => ({
  ...flow,
  matched: [],
  stage: planning.add<LimitStage>({
    kind: 'limit',
    source,
    input: flow.stage.id,
    count: literal('long', String(count), source?.span ?? { start: 0, end: 0 }),
    ...more,
    output: flow.stage.output,
  }),
});

export const planLimit = (planning: Planning, node: Of<'limit'>, flow: Flow): Flow => {
  if (node.count < 0) planning.unsupported(node.span, 'a negative limit');
  return limited(planning, flow, node.count, { operator: 'limit', span: node.span });
};

const fieldsOf = (planning: Planning, names: readonly Alias[], flow: Flow): readonly Expr[] =>
  names.map(({ name, span }) => planField(planning, name, span, flow));

/** `top 10 a by x`: the rows with the greatest x. */
export const planTop = (planning: Planning, node: Of<'top'>, flow: Flow): Flow => {
  fieldsOf(planning, node.keys, flow);
  const source = { operator: 'top', span: node.span };
  if (node.by.length === 0) {
    planning.unsupported(node.span, 'top without by');
    return flow;
  }
  const sorted = planning.add<SortStage>({
    kind: 'sort',
    source: null,
    input: flow.stage.id,
    keys: node.by.map((item) => sortKey(planning, item, flow)),
    output: flow.stage.output,
  });
  return limited(planning, { ...flow, sorted: true, stage: sorted }, node.count, source);
};

/** The first of the rows that agree in some fields, in the rows' own order: newest first where nothing has ordered them. */
export const planDedup = (planning: Planning, node: Of<'dedup'>, flow: Flow): Flow => {
  const { span } = node;
  const position = planning.column('', 'long');
  const ordinal = call('window_ordinal', [], 'long', span);
  const numbered = extended(planning, flow, [{ column: position, expr: ordinal }], null);
  const input = { ...numbered, stage: planning.replace({ ...numbered.stage, output: flow.stage.output }) };
  const newest: readonly SortKey[] =
    flow.time === null || flow.sorted ? [] : [{ expr: flow.time, descending: true, nullsFirst: false }];
  const keys = [...newest, { expr: reference(position, span), descending: false, nullsFirst: false }];
  const within = fieldsOf(planning, node.keys, flow);
  const kept = limited(planning, input, node.count, { operator: 'dedup', span }, { within, keys });
  const stage = planning.add<SortStage>({
    kind: 'sort',
    source: null,
    input: kept.stage.id,
    keys,
    output: flow.stage.output,
  });
  return { ...kept, stage };
};

/** Keeps or drops fields. Of messages the service's own (`_raw`, `_messagetime`) stay beside those that are kept. */
export const planFields = (planning: Planning, node: Of<'fields'>, flow: Flow): Flow => {
  const { dialect } = planning;
  const source = { operator: 'fields', span: node.span };
  const keeping = (next: Flow, output: readonly Column[]): Flow => ({
    ...next,
    stage: planning.replace({ ...next.stage, output }),
  });
  if (node.drop) {
    const dropped = new Set(node.names.map(({ name }) => findColumn(flow.stage.output, name, dialect)?.id));
    const output = flow.stage.output.filter(({ id }) => !dropped.has(id));
    return keeping(extended(planning, flow, [], source), output);
  }
  const computed = node.names.map(({ name, span }) => {
    const expr = planField(planning, name, span, flow);
    return { column: planning.column(name, expr.type), expr };
  });
  const names = computed.map(({ column }) => column.name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) planning.invalid(node.span, `The field ${twice} is listed twice.`);
  const own =
    flow.time === null
      ? []
      : flow.stage.output.filter(({ name }) => name.startsWith('_') && !names.includes(name.toLowerCase()));
  const next = extended(planning, flow, computed, source);
  return keeping({ ...next, auto: null }, [...computed.map(({ column }) => column), ...own]);
};

/** `timeslice 1h`: the beginning of a message's slice, in milliseconds. */
export const planTimeslice = (planning: Planning, node: Of<'timeslice'>, flow: Flow): Flow => {
  const { span } = node;
  if (flow.time === null) {
    planning.invalid(span, 'There are no times to slice: the messages carry none, or an aggregate has left it out.');
    return flow;
  }
  const { rangeMillis } = planning.dialect;
  const millis = node.millis ?? (node.buckets === null ? rangeMillis : sliceOf(rangeMillis, node.buckets));
  if (millis <= 0) planning.invalid(span, 'A slice has to last.');
  const size = literal('long', String(Math.max(1, Math.trunc(millis))), span);
  // One slice of the whole search begins where the search does.
  const whole = node.millis === null && node.buckets === null;
  const start = whole ? rangeStart(planning, span) : call('sumo:slice', [flow.time, size], 'long', span);
  const end = call('sumo:+', [start, size], 'long', span);
  const columns = [
    { column: planning.column(node.alias?.name ?? '_timeslice', 'long'), expr: start },
    { column: planning.column(`${node.alias?.name ?? '_timeslice'}_end`, 'long'), expr: end },
  ];
  return { ...extended(planning, flow, columns, { operator: 'timeslice', span }), slice: millis };
};

/** `withtime x` makes `x_withtime`, which knows when x was seen. */
export const planWithtime = (planning: Planning, node: Of<'withtime'>, flow: Flow): Flow => {
  const { name, span } = node.field;
  const value = planField(planning, name, span, flow);
  const made = `${name}_withtime`;
  const next = extended(planning, flow, [{ column: planning.column(made, value.type), expr: value }], {
    operator: 'withtime',
    span: node.span,
  });
  return { ...next, withTime: new Map([...flow.withTime, [made.toLowerCase(), value]]) };
};
