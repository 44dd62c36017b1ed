import type { Column, Expr } from '../../plan/expr.ts';
import type {
  DistinctStage,
  ExtendStage,
  JoinStage,
  ProjectStage,
  RangeStage,
  Stage,
  UnionStage,
  ValuesStage,
} from '../../plan/stage.ts';
import { findColumn, reference, type Flow } from '../plan/flow.ts';
import { call, literal, planExpr } from '../plan/plan-expr.ts';
import { planField } from '../plan/plan-field.ts';
import type { Planning } from '../plan/planning.ts';
import { rangeEnd, rangeStart } from '../plan/time-range.ts';
import type { SumoStage } from '../syntax/ast.ts';
import type { Generator } from '../syntax/series-ast.ts';

type Node = SumoStage & { kind: 'fillmissing' };

interface Generated {
  readonly stage: Stage;
  /** What the generator gives, and which of the rows' columns it fills. */
  readonly made: Column;
  readonly key: Column;
}

/** A value as the type that a field has. */
const asType = (expr: Expr, type: Column['type']): Expr => {
  const fn = ({ string: 'text', long: 'long', real: 'number' } as Readonly<Record<string, string>>)[type];
  return fn === undefined || expr.type === type ? expr : call(`sumo:${fn}`, [expr], type, expr.span);
};

const generate = (planning: Planning, generator: Generator, flow: Flow, node: Node): Generated | null => {
  const { span } = node;
  const key = findColumn(flow.stage.output, generator.field.name, planning.dialect);
  if (key === undefined) {
    planField(planning, generator.field.name, generator.field.span.end === 0 ? span : generator.field.span, flow);
    return null;
  }
  if (generator.kind === 'timeslice') {
    const millis = generator.millis ?? flow.slice;
    if (millis === null || millis <= 0) {
      planning.invalid(span, 'No timeslice before says how long a slice is.', 'Write `fillmissing timeslice(15m)`.');
      return null;
    }
    const size = literal('long', String(Math.trunc(millis)), span);
    const last = call('sumo:-', [rangeEnd(span), literal('long', '1', span)], 'long', span);
    const made = planning.column('', 'long');
    const from = call('sumo:slice', [rangeStart(planning, span), size], 'long', span);
    const to = call('sumo:slice', [last, size], 'long', span);
    const stage = planning.add<RangeStage>({ kind: 'range', source: null, from, to, step: size, output: [made] });
    return { stage, made, key };
  }
  if (generator.values === 'all') {
    const made = planning.column('', key.type);
    const input = planning.add<ProjectStage>({
      kind: 'project',
      source: null,
      input: flow.stage.id,
      computed: [{ column: made, expr: reference(key, span) }],
      output: [made],
    });
    const stage = planning.add<DistinctStage>({ kind: 'distinct', source: null, input: input.id, output: [made] });
    return { stage, made, key };
  }
  const made = planning.column('', 'string');
  const rows = generator.values.map((value) => [literal('string', value, span)]);
  return { stage: planning.add<ValuesStage>({ kind: 'values', source: null, rows, output: [made] }), made, key };
};

const columnsOf = (columns: readonly Column[], side: 'left' | 'right'): JoinStage['columns'] =>
  columns.map(({ id }) => ({ id, side, from: id }));

/** Every combination. */
const crossed = (planning: Planning, left: Stage, right: Stage): Stage =>
  planning.add<JoinStage>({
    kind: 'join',
    source: null,
    flavor: 'inner',
    left: left.id,
    right: right.id,
    on: [],
    nullText: true,
    columns: [...columnsOf(left.output, 'left'), ...columnsOf(right.output, 'right')],
    output: [...left.output, ...right.output],
  });

const defaults: Readonly<Record<string, string | boolean>> = { long: '0', int: '0', real: '0', bool: false };

/** Adds the rows that a generator asks for and the data does not have; other fields get what `with` says, or the type's nothing. */
export const planFillmissing = (planning: Planning, node: Node, flow: Flow): Flow => {
  const { span } = node;
  const generated = node.generators.flatMap((each) => generate(planning, each, flow, node) ?? []);
  const [first, ...rest] = generated;
  if (first === undefined || generated.length < node.generators.length) return flow;
  const tuples = rest.reduce((stage, each) => crossed(planning, stage, each.stage), first.stage);
  const missing = planning.add<JoinStage>({
    kind: 'join',
    source: null,
    flavor: 'leftanti',
    left: tuples.id,
    right: flow.stage.id,
    on: generated.map(({ made, key }) => ({
      left: asType(reference(made, span), key.type),
      right: reference(key, span),
    })),
    columns: columnsOf(tuples.output, 'left'),
    output: tuples.output,
  });
  const marker = planning.column('', 'bool');
  const output = flow.stage.output.map(({ name, type }) => planning.column(name, type));
  const constant = ({ id, name, type }: Column): Expr => {
    const key = generated.find((each) => each.key.id === id);
    if (key !== undefined) return asType(reference(key.made, span), type);
    const given = node.constants.find(({ field }) => findColumn([{ id, name, type }], field.name, planning.dialect));
    if (given !== undefined) return asType(planExpr(planning, given.value, flow), type);
    return literal(type, node.takeLast ? null : (defaults[type] ?? null), span);
  };
  const union = planning.add<UnionStage>({
    kind: 'union',
    source: node.takeLast ? null : { operator: 'fillmissing', span },
    inputs: [
      {
        stage: flow.stage.id,
        columns: [...flow.stage.output.map((column) => reference(column, span)), literal('bool', false, span)],
      },
      { stage: missing.id, columns: [...flow.stage.output.map(constant), literal('bool', true, span)] },
    ],
    output: [...output, marker],
  });
  const filled: Flow = { ...flow, stage: planning.replace({ ...union, output: [...output, marker] }), sorted: false };
  return node.takeLast
    ? takeLast(planning, node, filled, { output, marker, generated, flow })
    : keeping(planning, filled, output);
};

/** The rows with only these fields named. */
const keeping = (planning: Planning, flow: Flow, output: readonly Column[]): Flow => ({
  ...flow,
  stage: planning.add<ExtendStage>({ kind: 'extend', source: null, input: flow.stage.id, computed: [], output }),
});

/** Fields that no generator fills take the value of the slice before. */
const takeLast = (
  planning: Planning,
  { span, generators }: Node,
  filled: Flow,
  made: {
    readonly output: readonly Column[];
    readonly marker: Column;
    readonly generated: readonly Generated[];
    readonly flow: Flow;
  },
): Flow => {
  const { output, generated, flow } = made;
  const keys = generated.map(({ key }) => output[flow.stage.output.findIndex(({ id }) => id === key.id)]);
  const time = keys[generators.findIndex(({ kind }) => kind === 'timeslice')];
  if (time === undefined) {
    planning.invalid(span, 'takeLast needs a timeslice: it takes the value of the slice before.');
    return filled;
  }
  const apart = keys.flatMap((key) => (key === undefined || key === time ? [] : [reference(key, span)]));
  const computed = output
    .filter((column) => !keys.includes(column))
    .map((column) => {
      const args = [reference(time, span), reference(column, span), literal('long', '0', span), ...apart];
      return {
        column: planning.column(column.name, column.type),
        expr: call('sumo:take-last', args, column.type, span),
      };
    });
  const replaced = output.map(
    (column) => computed.find(({ column: { name } }) => name === column.name)?.column ?? column,
  );
  const stage = planning.add<ExtendStage>({
    kind: 'extend',
    source: { operator: 'fillmissing', span },
    input: filled.stage.id,
    computed,
    output: replaced,
  });
  return { ...filled, stage };
};
